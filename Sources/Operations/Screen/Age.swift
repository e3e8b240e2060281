package import Encoding

/// Lengths of time and moments as people read them.
package enum Age {
    /// `43 s`, `17 min`, `2 h 10 min`, `6 d 2 h`, `304 d`: at most two units, the smaller left out when it says little.
    package static func text(seconds: Int64) -> String {
        let seconds = max(0, seconds)
        switch seconds {
        case ..<90: return "\(seconds) s"
        case ..<5400: return "\(seconds / 60) min"
        case ..<86_400: return pair(seconds / 3600, "h", seconds % 3600 / 60, "min")
        case ..<864_000: return pair(seconds / 86_400, "d", seconds % 86_400 / 3600, "h")
        default: return "\(seconds / 86_400) d"
        }
    }

    /// `17 min ago`, `in 43 s`, `now`.
    package static func relative(_ time: UnixTime, now: UnixTime) -> String {
        if time == now { return "now" }
        return time < now ? "\(text(seconds: now - time)) ago" : "in \(text(seconds: time - now))"
    }

    /// `13:45:07Z` on the day of `now`, else `2026-11-22 13:45:07Z`.
    package static func moment(_ time: UnixTime, now: UnixTime) -> String {
        let text = Timestamp.rfc3339(time)
        let clock = text.dropFirst(11)
        return Timestamp.day(time) == Timestamp.day(now) ? String(clock) : "\(Timestamp.day(time)) \(clock)"
    }

    /// `8.1 s`, `340 ms`: how long something took.
    package static func took(milliseconds: Int64) -> String {
        if milliseconds < 1000 { return "\(max(0, milliseconds)) ms" }
        if milliseconds < 90_000 { return "\(milliseconds / 1000).\(milliseconds % 1000 / 100) s" }
        return text(seconds: milliseconds / 1000)
    }

    private static func pair(_ large: Int64, _ largeUnit: String, _ small: Int64, _ smallUnit: String) -> String {
        small == 0 ? "\(large) \(largeUnit)" : "\(large) \(largeUnit) \(small) \(smallUnit)"
    }
}
