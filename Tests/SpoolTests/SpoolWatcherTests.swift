import Dispatch
import Encoding
import Glibc
import Synchronization
import Testing

@testable import Spool

@Suite("Watching the drop box")
struct SpoolWatcherTests {
    /// Hints as they come; a test waits for one with a deadline.
    final class Ear: Sendable {
        private let heard = Mutex<[SpoolHint]>([])
        private let signal = DispatchSemaphore(value: 0)

        var hints: [SpoolHint] { heard.withLock { $0 } }

        func hear(_ hint: SpoolHint) {
            heard.withLock { $0.append(hint) }
            signal.signal()
        }

        /// Whether something was heard in time.
        func waits() -> Bool { signal.wait(timeout: .now() + .seconds(300)) == .success }
    }

    struct Row: CustomTestStringConvertible, Sendable {
        let why: String
        let hint: SpoolHint
        let act: @Sendable (TemporarySpool) throws -> Void
        var testDescription: String { why }

        init(_ why: String, _ hint: SpoolHint, _ act: @escaping @Sendable (TemporarySpool) throws -> Void) {
            (self.why, self.hint, self.act) = (why, hint, act)
        }
    }

    @Test(
        "tells of",
        arguments: [
            Row("a file renamed into place", .arrived(.incoming)) {
                try $0.write("a.jwt")
                rename($0.root + "/a.jwt", $0.root + "/incoming/a.jwt")
            },
            Row("a file written in place", .arrived(.incoming)) { try $0.write("incoming/a.jwt") },
            Row("a file linked into place", .arrived(.incoming)) {
                try $0.write("a.jwt")
                link($0.root + "/a.jwt", $0.root + "/incoming/a.jwt")
            },
            Row("a submission", .arrived(.incoming)) {
                try Submission(to: $0.root).submit(ByteSlice("x"), as: "a.jwt")
            },
            Row("a wish of the operator", .arrived(.control)) { try $0.write("control/pause") },
            Row("the end of the folder", .ended(.incoming)) {
                rename($0.root + "/incoming", $0.root + "/elsewhere")
            },
        ]
    )
    func tells(_ row: Row) throws {
        let place = try TemporarySpool()
        let spool = try place.open()
        let ear = Ear()
        let watcher = try SpoolWatcher(spool, on: DispatchQueue(label: "watch")) { ear.hear($0) }
        try row.act(place)
        #expect(ear.waits())
        #expect(ear.hints.first == row.hint)
        withExtendedLifetime(watcher) {}
    }

    @Test("says nothing of a file that is not complete")
    func unfinished() throws {
        let place = try TemporarySpool()
        let inbox = try HintInbox([(.incoming, try place.open().folders.incoming)])
        try place.write("incoming/.a.jwt.1.tmp")
        try place.write("incoming/a.jwt.part")
        #expect(inbox.hints() == [])
        rename(place.root + "/incoming/a.jwt.part", place.root + "/incoming/a.jwt")
        #expect(inbox.hints() == [.arrived(.incoming)])
        #expect(inbox.hints() == [])
    }

    @Test("one burst is one hint, and after an overflow everything is to be looked at")
    func overflow() throws {
        let place = try TemporarySpool()
        let inbox = try HintInbox([(.incoming, try place.open().folders.incoming)])
        for number in 0..<100 { try place.write("incoming/\(number).jwt") }
        #expect(inbox.hints() == [.arrived(.incoming)])
        let limit = place.number(in: "/proc/sys/fs/inotify/max_queued_events") ?? 16_384
        guard limit <= 20_000 else { return }
        // Two names in turn, so that no event equals the one before it, which the kernel would merge.
        try place.write("incoming/a.jwt")
        for _ in 0...(limit / 2) {
            rename(place.root + "/incoming/a.jwt", place.root + "/incoming/b.jwt")
            rename(place.root + "/incoming/b.jwt", place.root + "/incoming/a.jwt")
        }
        #expect(inbox.hints() == [.arrived(.incoming), .lookEverywhere])
    }
}
