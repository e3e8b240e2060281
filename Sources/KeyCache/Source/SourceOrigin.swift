/// Who told us of a source.
package enum SourceOrigin: String, Sendable, CaseIterable {
    /// The operator's `sources.yaml`.
    case configuration
    /// A software statement whose signature verified.
    case statement
    /// A certificate with a verified path, which names its revocation list.
    case certificate
    /// A mirror tree or a signed bundle.
    case mirror
}
