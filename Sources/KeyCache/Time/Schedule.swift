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
    /// The longest back-off, also bounded by the class's `maximum`.
    package static let longestDelay: Int64 = 900
    /// The longest `Retry-After` that is honoured.
    package static let longestRetryAfter: Int64 = 3600

    package let limits: ClassLimits

    package init(_ limits: ClassLimits) { self.limits = limits }

    /// After a body was accepted or confirmed at `time`: refresh ahead, at 80 to 90 % of the fresh time.
    package func success(at time: UnixTime, hints: FreshnessHints = .none, jitter: Double) -> Times {
        times(at: time, fresh: clamped(lifetime(hints, at: time)), jitter: jitter)
    }

    /// The same for a revocation list: never fresh past its own `nextUpdate`, never usable past that and the allowance.
    package func success(
        at time: UnixTime,
        nextUpdate: UnixTime,
        hints: FreshnessHints = .none,
        jitter: Double
    ) -> Times {
        var times = success(at: time, hints: hints, jitter: jitter)
        times.freshUntil = min(times.freshUntil, nextUpdate)
        times.usableUntil = Self.sum(nextUpdate, limits.staleAllowance)
        // A list whose time is nearly or already over is asked for again soon, but not in a loop.
        times.nextDue = min(times.nextDue, max(nextUpdate, time + limits.minimum))
        return times
    }

    /// When to try again after `count` failures in a row; `retryAfter` is the server's wish in seconds.
    package func retry(at time: UnixTime, failures count: Int, retryAfter: Int64? = nil, jitter: Double) -> UnixTime {
        let cap = min(limits.maximum, Self.longestDelay)
        let delay = count > 30 ? cap : min(cap, Self.firstDelay << Int64(max(count, 1) - 1))
        let spread = delay / 2 + Self.part(delay - delay / 2, jitter)
        guard let retryAfter else { return time + spread }
        return time + max(spread, min(max(retryAfter, Self.firstDelay), Self.longestRetryAfter))
    }

    private func times(at time: UnixTime, fresh: Int64, jitter: Double) -> Times {
        Times(
            freshUntil: time + fresh + limits.tolerance,
            usableUntil: Self.sum(time + fresh + limits.tolerance, limits.staleAllowance),
            nextDue: time + fresh * 8 / 10 + Self.part(fresh / 10, jitter)
        )
    }

    /// How long the response wants to be fresh, by the first header that says so (RFC 9111 §4.2.1, §4.2.2).
    private func lifetime(_ hints: FreshnessHints, at time: UnixTime) -> Int64 {
        if let maximumAge = hints.maximumAge { return Self.difference(maximumAge, max(hints.age ?? 0, 0)) }
        if let expires = hints.expires { return Self.difference(expires, hints.date ?? time) }
        if let lastModified = hints.lastModified {
            return min(limits.standard, max(0, Self.difference(hints.date ?? time, lastModified)) / 10)
        }
        return limits.standard
    }

    private func clamped(_ seconds: Int64) -> Int64 { min(max(seconds, limits.minimum), limits.maximum) }

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
