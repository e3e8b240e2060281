package import Encoding
package import KeyCache

/// How well a source is doing: what the log speaks of when it changes.
package enum SourceHealth: String, Sendable, CaseIterable {
    /// Nothing was ever accepted.
    case never
    /// Fresh, and the last attempt was good.
    case ok
    /// Fresh still, but the last attempt failed.
    case failing
    /// Past its fresh time, still used.
    case stale
    /// Too old to be used; work that needs it waits.
    case unusable
    /// A suspicious body waits for an operator.
    case held

    /// The health of `source` at some time.
    package init(_ source: Source, isHeld: Bool, at time: UnixTime) {
        switch source.state(at: time) {
        case .unusable: self = .unusable
        case _ where isHeld: self = .held
        case .never: self = .never
        case .stale: self = .stale
        case .fresh: self = source.failureCount == 0 ? .ok : .failing
        }
    }
}
