import Crypto

/// Has certificates issued for the keys of the directory itself.
struct DirectoryKeyMaker {
    let authority: SimulatedAuthority
    let plan: DirectoryPlan

    func make(_ key: PrivateKey, _ random: inout RandomSource) throws(SimulatorError) -> PublishedKey {
        let serial = [0x3F] + random.bytes(14)
        let order = LeafOrder(
            subject: authority.names.directory,
            key: key.publicKey,
            use: .sig,
            serial: serial,
            notBefore: plan.now - 60 * 86_400,
            notAfter: plan.now + 335 * 86_400
        )
        return PublishedKey(
            .directory(key),
            use: .sig,
            certificate: try authority.issue(order),
            serial: serial,
            folder: plan.baseURL + "/keystore"
        )
    }
}
