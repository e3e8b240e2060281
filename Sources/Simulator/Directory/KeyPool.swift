import Crypto

/// The keys of a directory before anybody holds them: the slow ones made at once on all cores.
struct KeyPool: Sendable {
    /// Root, issuing and rogue authority.
    let authorities: [PrivateKey]
    /// The directory's present and next key, and the identity provider's.
    let directory: [PrivateKey]
    /// What software shares out: RSA-2048.
    let shared: [PrivateKey]

    init(_ plan: DirectoryPlan) throws(SimulatorError) {
        let count = max(plan.keyPool, 2 * plan.softwarePerOrganisation)
        let keys = try Parallel.map(6 + count) { (_) throws(SimulatorError) in try Self.rsa() }
        authorities = Array(keys[0..<3])
        directory = Array(keys[3..<6])
        shared = Array(keys[6...])
    }

    /// A fresh RSA-2048 key.
    static func rsa() throws(SimulatorError) -> PrivateKey {
        try SimulatorError.crypto { () throws(CryptoError) in try PrivateKey.generateRSA() }
    }

    /// A fresh P-256 key, made in no time.
    static func elliptic() throws(SimulatorError) -> PrivateKey {
        try SimulatorError.crypto { () throws(CryptoError) in try PrivateKey.generateEC(.p256) }
    }

    /// The signing and the transport key of a software: no key has both uses, none comes twice in one organisation.
    func pair(organisation: Int, slot: Int, slots: Int) -> (signing: PrivateKey, transport: PrivateKey) {
        let half = shared.count / 2
        let place = 2 * ((organisation * slots + slot) % half)
        return (shared[place], shared[place + 1])
    }
}
