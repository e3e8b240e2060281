/// The addresses a keystore publishes an organisation's and a software statement's keys at.
///
/// One place for the path shapes, so that what `sources.yaml` expands to and what a software statement names are the
/// same bytes: `/{org}/{org}.jwks`, `/{org}/{software}.jwks` and both under `/{org}/revoked/`.
package struct KeystoreURLs: Sendable, Equatable {
    private let base: String

    /// The addresses below `base`, an https URL; one trailing slash does not matter.
    package init(base: String) {
        self.base = base.hasSuffix("/") ? String(base.dropLast()) : base
    }

    /// The organisation's own keys.
    package func organisation(_ organisation: String) -> String {
        "\(base)/\(organisation)/\(organisation).jwks"
    }

    /// The organisation's revoked keys.
    package func revoked(organisation: String) -> String {
        "\(base)/\(organisation)/revoked/\(organisation).jwks"
    }

    /// The keys of one software statement.
    package func software(_ software: String, of organisation: String) -> String {
        "\(base)/\(organisation)/\(software).jwks"
    }

    /// The revoked keys of one software statement.
    package func revoked(software: String, of organisation: String) -> String {
        "\(base)/\(organisation)/revoked/\(software).jwks"
    }
}
