package import Encoding
import Glibc

/// What time it is: the system's, or the one `--as-of` fixes.
///
/// A value that is passed along; nothing below it asks the system.
package struct Clock: Sendable {
    private let fixed: UnixTime?

    /// The system's clock.
    package static let system = Clock(fixed: nil)

    /// A clock that stands at `time`.
    package static func fixed(_ time: UnixTime) -> Clock { Clock(fixed: time) }

    private init(fixed: UnixTime?) {
        self.fixed = fixed
    }

    /// Whether the clock stands still.
    package var isFixed: Bool { fixed != nil }

    /// Seconds since 1970 (UTC).
    package func now() -> UnixTime {
        fixed ?? UnixTime(Self.read(CLOCK_REALTIME).tv_sec)
    }

    /// Milliseconds on a clock nobody sets, for measuring and waiting; also when the time is fixed.
    package func monotonicMilliseconds() -> Int64 {
        let time = Self.read(CLOCK_MONOTONIC)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }

    private static func read(_ clock: clockid_t) -> timespec {
        var time = timespec()
        unsafe clock_gettime(clock, &time)
        return time
    }
}
