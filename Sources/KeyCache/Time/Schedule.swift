package import Encoding

/// When one class of sources is due, fresh and usable: pure arithmetic over `ClassLimits`.
///
/// `jitter` is a number from 0 to 1 drawn anew for each call; it spreads refreshes so that no herd forms.
package struct Schedule: Sendable, Equatable {
    /// The times that follow a success.
    package struct Times: Sendable, Equatable {
        package var freshUntil: UnixTime
        package var usableUntil: UnixTime
        package var nextDue: UnixTime
    }

    /// The first back-off; it doubles with each failure.
    package static let firstDelay: Int64 = 15
    /// The longest back-off, also bounded by the class's `every`.
    package static let longestDelay: Int64 = 900
    /// The longest `Retry-After` that is honoured.
    package static let longestRetryAfter: Int64 = 3600
    /// The nearest a scattered fetch comes due.
    package static let nearestScattered: Int64 = 60

    package let limits: ClassLimits

    package init(_ limits: ClassLimits) { self.limits = limits }

    /// After a body was accepted or confirmed at `time`: fetched ahead, at 80 to 90 % of the time to the next fetch.
    ///
    /// A response may ask for an earlier fetch, never for a later one; how long its body is fresh and usable is the
    /// operator's alone.
    ///
    /// `isScattered` is for a success that many sources may have at once: the first, at a cold start, and one after
    /// failures, when a host is back. A jitter of a tenth would keep such a herd together for days; a mean interval's
    /// width spreads it at once, and nobody comes due later than after the whole interval.
    package func success(
        at time: UnixTime,
        hints: FreshnessHints = .none,
        jitter: Double,
        isScattered: Bool = false
    ) -> Times {
        let interval = min(max(lifetime(hints, at: time), limits.minimum), limits.every)
        let next =
            if isScattered {
                min(Self.nearestScattered, interval * 15 / 100) + Self.part(interval * 85 / 100, jitter)
            } else {
                interval * 8 / 10 + Self.part(interval / 10, jitter)
            }
        return Times(
            freshUntil: Self.sum(time, limits.staleAfter),
            usableUntil: Self.sum(time, limits.unusableAfter),
            nextDue: time + next
        )
    }

    /// The same for a revocation list: neither fresh nor usable past its own `nextUpdate`.
    package func success(
        at time: UnixTime,
        nextUpdate: UnixTime,
        hints: FreshnessHints = .none,
        jitter: Double,
        isScattered: Bool = false
    ) -> Times {
        var times = success(at: time, hints: hints, jitter: jitter, isScattered: isScattered)
        times.freshUntil = min(times.freshUntil, nextUpdate)
        times.usableUntil = min(times.usableUntil, nextUpdate)
        // A list whose time is nearly or already over is asked for again soon, but not in a loop.
        times.nextDue = min(times.nextDue, max(nextUpdate, time + limits.minimum))
        return times
    }

    /// When to try again after `count` failures in a row; `retryAfter` is the server's wish in seconds.
    package func retry(at time: UnixTime, failures count: Int, retryAfter: Int64? = nil, jitter: Double) -> UnixTime {
        let cap = min(limits.every, Self.longestDelay)
        let delay = count > 30 ? cap : min(cap, Self.firstDelay << Int64(max(count, 1) - 1))
        let spread = delay / 2 + Self.part(delay - delay / 2, jitter)
        guard let retryAfter else { return time + spread }
        return time + max(spread, min(max(retryAfter, Self.firstDelay), Self.longestRetryAfter))
    }

    /// How long the response wants to be fresh, by the first header that says so (RFC 9111 §4.2.1, §4.2.2).
    private func lifetime(_ hints: FreshnessHints, at time: UnixTime) -> Int64 {
        if let maximumAge = hints.maximumAge { return Self.difference(maximumAge, max(hints.age ?? 0, 0)) }
        if let expires = hints.expires { return Self.difference(expires, hints.date ?? time) }
        if let lastModified = hints.lastModified {
            return min(limits.every, max(0, Self.difference(hints.date ?? time, lastModified)) / 10)
        }
        return limits.every
    }

    private static func part(_ seconds: Int64, _ jitter: Double) -> Int64 {
        guard jitter > 0 else { return 0 }
        return min(seconds, Int64(Double(seconds) * min(jitter, 1)))
    }

    private static func sum(_ a: Int64, _ b: Int64) -> Int64 {
        let (sum, overflow) = a.addingReportingOverflow(b)
        return overflow ? .max : sum
    }

    private static func difference(_ a: Int64, _ b: Int64) -> Int64 {
        let (difference, overflow) = a.subtractingReportingOverflow(b)
        return overflow ? (a < 0 ? .min : .max) : difference
    }
}
