import Crypto
import KeyCache

/// The short name of a source in a bundle, and of the target that holds its body.
enum SourceLabel {
    /// The first 16 digits of the SHA-256 of its URL: the same in every bundle.
    static func of(_ url: String) -> String { SHA256Digest.of(url).prefix16 }

    /// The target's name.
    static func target(_ url: String, _ class: SourceClass) -> String {
        let ending =
            switch `class` {
            case .directory, .organisation, .software: "jwks"
            case .organisationRevoked, .softwareRevoked: "revoked.jwks"
            case .crl: "crl"
            }
        return "\(of(url)).\(ending)"
    }
}
