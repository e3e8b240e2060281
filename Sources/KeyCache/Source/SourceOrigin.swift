/// Who told us of a source.
package enum SourceOrigin: String, Sendable, CaseIterable {
    /// The operator's `sources.yaml`.
    case configuration
    /// A software statement whose signature verified.
    case statement
    /// A mirror tree or a signed bundle.
    case mirror
}
