import Operations
import Testing

@Suite("The watchdog")
struct WatchdogTests {
    @Test("signs as long as every part gets on, four times within its time at most")
    func signs() {
        var watchdog = Watchdog(milliseconds: 1000, start: 0)
        var signs: [Int64] = []
        for time in stride(from: Int64(0), through: 2000, by: 50) {
            for part in Watchdog.Part.allCases where watchdog.heard(part, at: time) { signs.append(time) }
        }
        #expect(signs == [0, 250, 500, 750, 1000, 1250, 1500, 1750, 2000])
    }

    @Test(
        "a part that stands still ends the signs, whatever the other does, and its return brings them back",
        arguments: Watchdog.Part.allCases
    )
    func stands(_ part: Watchdog.Part) {
        let other: Watchdog.Part = part == .process ? .refresh : .process
        var watchdog = Watchdog(milliseconds: 1000, start: 0)
        var signs = [watchdog.heard(part, at: 0), watchdog.heard(other, at: 1000)]
        #expect(signs == [true, true])
        signs = stride(from: Int64(1001), through: 5000, by: 100).map { watchdog.heard(other, at: $0) }
        #expect(!signs.contains(true))
        let back = watchdog.heard(part, at: 5000)
        #expect(back)
    }

    @Test("a part that was never heard of has the watchdog's time from the start")
    func start() {
        var watchdog = Watchdog(milliseconds: 1000, start: 500)
        let signs = [watchdog.heard(.process, at: 1500), watchdog.heard(.process, at: 1751)]
        #expect(signs == [true, false])
    }
}
