package import Encoding

/// One URL the cache keeps a copy of, with the health of its refreshes.
package struct Source: Sendable, Equatable {
    package let id: Int64
    package let url: String
    package let `class`: SourceClass
    /// The directory environment, like `production`.
    package let environment: String?
    package let organisationID: String?
    package let softwareID: String?
    package let origin: SourceOrigin

    /// The validators of the body in use, for a conditional GET.
    package let etag: String?
    package let lastModified: String?
    /// When a fetch was last tried, by the clock of that moment.
    package let lastAttempt: UnixTime?
    /// When the body in use was last confirmed: fetched, or said to be unchanged.
    package let lastSuccess: UnixTime?
    /// When the body last differed from the one before.
    package let lastChange: UnixTime?
    package let freshUntil: UnixTime?
    package let usableUntil: UnixTime?
    package let nextDue: UnixTime
    /// How many attempts failed since the last success.
    package let failureCount: Int
    /// The last eight attempts, newest in the lowest bit; printed in octal, 377 is all well.
    package let reach: UInt8
    /// The code of the last failure, nil after a success.
    package let lastError: String?
    /// The generation in which the content last changed, 0 before the first body.
    package let contentGeneration: Int
    /// The digest of the body in use.
    var bodySHA256: [UInt8]?

    /// How far the body may be relied on.
    package func state(at time: UnixTime) -> SourceState {
        guard let freshUntil, let usableUntil else { return .never }
        if time >= usableUntil { return .unusable }
        return time < freshUntil ? .fresh : .stale
    }
}
