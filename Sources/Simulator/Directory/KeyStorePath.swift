/// Where the key store publishes key sets.
package enum KeyStorePath {
    /// The directory's own set.
    package static let directory = "/keystore/openbanking.jwks"
    /// The identity provider's set, for the id_tokens of manual registrations.
    package static let identity = "/idp/jwks"

    /// The set of a software, or of the organisation itself when `id` is the organisation's.
    package static func keys(_ organisation: String, _ id: String) -> String { "/\(organisation)/\(id).jwks" }

    /// The set of revoked keys of a software, or of the organisation itself.
    package static func revoked(_ organisation: String, _ id: String) -> String {
        "/\(organisation)/revoked/\(id).jwks"
    }
}
