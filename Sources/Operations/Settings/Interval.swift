/// A length of time as settings write it: `25ms`, `10s`, `15m`, `72h`, `7d`.
///
/// Whole milliseconds, never negative. One number and one unit: `1h30m` is refused, so that a setting reads one way only.
package struct Interval: Hashable, Comparable, Sendable {
    /// The length in milliseconds.
    package let milliseconds: Int64

    /// Whole seconds, rounded down: what arithmetic with a `UnixTime` wants.
    package var seconds: Int64 { milliseconds / 1000 }

    private static let units: [(name: String, milliseconds: Int64)] = [
        ("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000),
    ]

    private init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// `count` milliseconds.
    package static func milliseconds(_ count: Int64) -> Interval { Interval(milliseconds: count) }
    /// `count` seconds.
    package static func seconds(_ count: Int64) -> Interval { Interval(milliseconds: count * 1000) }
    /// `count` minutes.
    package static func minutes(_ count: Int64) -> Interval { seconds(count * 60) }
    /// `count` hours.
    package static func hours(_ count: Int64) -> Interval { seconds(count * 3600) }
    /// `count` days.
    package static func days(_ count: Int64) -> Interval { hours(count * 24) }

    /// Reads `text` as one decimal number without leading zero and one unit of ms, s, m, h, d; nil for anything else.
    package init?(_ text: String) {
        guard let (count, unit) = DecimalQuantity.split(text),
            let factor = Self.units.first(where: { $0.name == unit })?.milliseconds
        else { return nil }
        let (product, overflow) = Int64(count).multipliedReportingOverflow(by: factor)
        guard !overflow else { return nil }
        milliseconds = product
    }

    /// Shorter first.
    package static func < (left: Interval, right: Interval) -> Bool { left.milliseconds < right.milliseconds }
}

extension Interval: CustomStringConvertible {
    /// The shortest exact form; hours up to four days, so that 72h stays 72h.
    package var description: String {
        if milliseconds == 0 { return "0s" }
        let fitting = Self.units.last { unit in
            milliseconds % unit.milliseconds == 0 && (unit.name != "d" || milliseconds > 4 * unit.milliseconds)
        }
        guard let fitting else { return "\(milliseconds)ms" }
        return "\(milliseconds / fitting.milliseconds)\(fitting.name)"
    }
}
