/// How far a source's body may be relied on at some time.
package enum SourceState: String, Sendable, CaseIterable {
    /// No body was ever accepted.
    case never
    case fresh
    /// Used, with a warning: refreshes fail.
    case stale
    /// Too old to be used; work that needs it is deferred.
    case unusable
}
