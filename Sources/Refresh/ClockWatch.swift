package import Encoding

/// Notices that the wall clock was set back, by a clock that nobody sets.
///
/// Plans are kept as wall time, so that they outlive the process. One set back leaves them in the future: nothing would
/// be fetched until the clock is there again. One set forward only makes sources due early, which harms nobody.
package struct ClockWatch: Sendable {
    /// What the two clocks may drift apart between two looks; a slewed clock stays below it.
    package static let tolerance: Int64 = 2

    private var last: (wall: UnixTime, milliseconds: Int64)?

    package init() {}

    /// The seconds the wall clock was set back since the last look, 0 for none.
    package mutating func setBack(wall: UnixTime, monotonicMilliseconds: Int64) -> Int64 {
        defer { last = (wall, monotonicMilliseconds) }
        guard let last else { return 0 }
        let behind = last.wall + (monotonicMilliseconds - last.milliseconds) / 1000 - wall
        return behind > Self.tolerance ? behind : 0
    }
}
