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
    package fileprivate(set) var lastSuccess: UnixTime?
    /// When the body last differed from the one before.
    package let lastChange: UnixTime?
    package fileprivate(set) var freshUntil: UnixTime?
    package fileprivate(set) var usableUntil: UnixTime?
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
    /// The bundle that brought or confirmed the body in use; nil where a fetch did.
    var life: BundleLife?

    /// Whether the body in use came with a signed bundle, and counts as long as that does.
    package var isOfBundle: Bool { life != nil }

    /// The same judged by the limits in force now, not by those of the last fetch.
    func judged(by settings: CacheSettings) -> Source {
        guard let lastSuccess, freshUntil != nil, let usableUntil else { return self }
        let limits = settings.limits(for: `class`)
        var source = self
        source.usableUntil = lastSuccess.addingClamped(limits.unusableAfter)
        // A list says itself until when it is good; that was taken up when it was fetched.
        if `class` == .crl { source.usableUntil = usableUntil }
        source.freshUntil = min(lastSuccess.addingClamped(limits.staleAfter), source.usableUntil ?? .max)
        if let life {
            source.usableUntil = `class` == .crl ? usableUntil : life.usableUntil
            source.freshUntil = min(life.freshUntil, source.usableUntil ?? .max)
        }
        return source
    }

    /// The same with the body in use as it was last confirmed by then; as if none had come where it was not.
    func confirmed(_ note: FetchNote?, life: BundleLife?, by settings: CacheSettings) -> Source {
        var source = self
        source.lastSuccess = note?.fetchedAt
        (source.freshUntil, source.usableUntil) = note == nil ? (nil, nil) : (.min, .max)
        source.life = life
        return source.judged(by: settings)
    }

    /// The same, of use until a time.
    func usable(until time: UnixTime?) -> Source {
        var source = self
        source.usableUntil = time
        return source
    }

    /// The host and port its URL names.
    package var host: String { SourceHost.of(url) }

    /// Whether the source has its turn before another in a round.
    ///
    /// What fails comes last, so that a host that rests is tried with a source that was good; then the directory before
    /// revocation, lists and participants; then the longest overdue.
    package func comesBefore(_ other: Source) -> Bool {
        let (fails, otherFails) = (failureCount > 0 ? 1 : 0, other.failureCount > 0 ? 1 : 0)
        return (fails, self.class.rank, nextDue, id) < (otherFails, other.class.rank, other.nextDue, other.id)
    }

    /// How far the body may be relied on.
    package func state(at time: UnixTime) -> SourceState {
        guard let freshUntil, let usableUntil else { return .never }
        if time >= usableUntil { return .unusable }
        return time < freshUntil ? .fresh : .stale
    }
}
