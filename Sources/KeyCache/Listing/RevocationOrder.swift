package import Crypto
package import PKIX

/// An operator's word that something is revoked, at once and for good.
package struct RevocationOrder: Sendable {
    /// What is revoked.
    package enum Target: Sendable, Equatable, CustomStringConvertible {
        /// A key by its identity, under whatever kid, wherever it is listed.
        case key(SHA256Digest)
        /// A certificate, listed or not, with the listings that have it.
        case certificate(SHA256Digest)
        /// Everything of an organisation.
        case organisation(String)
        /// Everything of one software statement.
        case software(String)

        package var description: String {
            switch self {
            case .key(let digest): "spki_sha256:\(digest.hex)"
            case .certificate(let digest): "certificate_sha256:\(digest.hex)"
            case .organisation(let id): "organisation:\(id)"
            case .software(let id): "software:\(id)"
            }
        }
    }

    package let target: Target
    package let reason: RevocationReason
    package let word: OperatorWord

    package init(_ target: Target, reason: RevocationReason, _ word: OperatorWord) {
        self.target = target
        self.reason = reason
        self.word = word
    }
}
