package import Crypto
import Encoding
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

        /// Reads a description; nil where it is none.
        package init?(_ text: String) {
            guard let colon = text.firstIndex(of: ":") else { return nil }
            let value = String(text[text.index(after: colon)...])
            let digest = Hex.decode(value).flatMap { SHA256Digest(bytes: $0) }
            switch (text[..<colon], digest) {
            case ("spki_sha256", let digest?): self = .key(digest)
            case ("certificate_sha256", let digest?): self = .certificate(digest)
            case ("organisation", _) where !value.isEmpty: self = .organisation(value)
            case ("software", _) where !value.isEmpty: self = .software(value)
            default: return nil
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
