/// Decides when the work has earned a sign of life for systemd's watchdog.
///
/// Every part of the work has to be heard of: one that stands still for longer than the watchdog's own time ends the
/// signs, whatever the other does.
package struct Watchdog: Sendable {
    /// The parts of the daemon's work.
    package enum Part: CaseIterable, Sendable {
        case process, refresh
    }

    private let patience: Int64
    private let pause: Int64
    private var heard: [Part: Int64] = [:]
    private var signed: Int64?

    /// A watchdog that expects a sign within `milliseconds`; parts have that long from `start` on to be heard of.
    package init(milliseconds: Int64, start: Int64) {
        patience = milliseconds
        pause = milliseconds / 4
        for part in Part.allCases { heard[part] = start }
    }

    /// Notes that a part got on; true when a sign is due and every part got on lately.
    package mutating func heard(_ part: Part, at milliseconds: Int64) -> Bool {
        heard[part] = milliseconds
        guard heard.allSatisfy({ milliseconds - $0.value <= patience }) else { return false }
        guard milliseconds - (signed ?? .min / 2) >= pause else { return false }
        signed = milliseconds
        return true
    }
}
