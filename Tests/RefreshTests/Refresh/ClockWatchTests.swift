import Encoding
import Testing

@testable import Refresh

@Suite("The watch on the clock")
struct ClockWatchTests {
    struct Row: CustomTestStringConvertible, Sendable {
        var name: String
        /// How far the wall clock moves in five seconds.
        var moves: Int64
        var back: Int64
        var testDescription: String { name }
    }

    @Test(
        "notices that it was set back",
        arguments: [
            Row(name: "runs", moves: 5, back: 0), Row(name: "is slewed", moves: 3, back: 0),
            Row(name: "three seconds back", moves: 2, back: 3), Row(name: "a day back", moves: -86_395, back: 86_400),
            Row(name: "ten minutes ahead", moves: 605, back: 0),
            Row(name: "in the year 2100", moves: 2_305_000_000, back: 0),
        ]
    )
    func setBack(_ row: Row) {
        var watch = ClockWatch()
        let first = watch.setBack(wall: 1_000_000, monotonicMilliseconds: 70_000)
        let second = watch.setBack(wall: 1_000_000 + row.moves, monotonicMilliseconds: 75_000)
        let third = watch.setBack(wall: 1_000_005 + row.moves, monotonicMilliseconds: 80_000)
        #expect([first, second, third] == [0, row.back, 0])
    }
}
