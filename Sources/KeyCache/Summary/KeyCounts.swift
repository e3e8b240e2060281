/// How many listed keys are in which state.
package struct KeyCounts: Sendable, Equatable {
    /// Active in a source that is fresh or stale.
    package var usable = 0
    /// Gone from their set, still vouching for what was signed before.
    package var retired = 0
    package var revoked = 0
    package var expired = 0
    package var quarantined = 0
    /// In sets that wait for an operator.
    package var pending = 0

    init() {}
}
