package import Encoding

/// How a set of the directory stands.
package struct DirectorySummary: Sendable, Equatable {
    package let url: String
    package let environment: String?
    package let state: SourceState
    /// The kids in use.
    package let kids: [String]
    /// When the set was last confirmed.
    package let confirmedAt: UnixTime?
    /// When the first of the certificates of the keys in use expires; nil where none came along.
    package let notAfter: UnixTime?
}
