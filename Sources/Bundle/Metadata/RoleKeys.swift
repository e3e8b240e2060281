import Crypto
import Encoding

/// Which keys sign a role, and how many of them must.
struct RoleKeys: Sendable {
    let role: MetadataRole
    let threshold: Int
    /// The keys by their ids; every id once.
    let keys: [String: VerifyingKey]

    /// The ids of the keys whose signatures on an envelope are good; fewer than the threshold is a fault.
    ///
    /// Signatures of keys that are not the role's are passed over, as TUF has it.
    @discardableResult
    func verify(_ envelope: Envelope, by signers: String) throws(BundleFault) -> [String] {
        let name = "\(envelope.role.rawValue).json"
        let claimed = envelope.signatures.filter { keys[$0.keyID] != nil }
        let good = claimed.filter { signature in
            keys[signature.keyID]?.verifies(signature.bytes, over: envelope.canonical) ?? false
        }
        guard good.count < threshold else { return good.map(\.keyID).sorted() }
        if claimed.isEmpty {
            throw BundleFault(.wrongSigner, "\(name) is signed by none of \(signers)")
        }
        if good.count < claimed.count {
            throw BundleFault(.tampered, "\(name) is not what its signatures were made over")
        }
        throw BundleFault(.threshold, "\(name) is signed by \(good.count) of \(signers), needed are \(threshold)")
    }
}
