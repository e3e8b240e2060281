import Glibc
import Ledger
import Pipeline
import Simulator
import Spool
import Testing

/// What is no request, or hostile: set aside with a reason, and everything else goes on.
@Suite("A file that is no request")
struct HostileTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let name: String
        let failed: String
        let make: @Sendable (Place) throws -> Void
        var testDescription: String { name }

        init(_ name: String, _ failed: String, _ make: @escaping @Sendable (Place) throws -> Void) {
            (self.name, self.failed, self.make) = (name, failed, make)
        }
    }

    private static let large = String(repeating: "a", count: 300_000)

    static let rows = [
        Row("an empty request", "incomplete/x.jwt") { try $0.drop("x.jwt", "") },
        Row("an empty batch", "incomplete/x.ndjson") { try $0.drop("x.ndjson", "") },
        Row("a request over its limit", "toolarge/x.jwt") { try $0.drop("x.jwt", large) },
        Row("a record over its limit", "toolarge/x.json") { try $0.drop("x.json", large) },
        Row("a batch over its limit", "toolarge/x.ndjson") { try $0.drop("x.ndjson", large + large + large + large) },
        Row("a certificate over its limit", "toolarge/x.jwt") { place in
            try place.drop("x.pem", large)
            try place.drop("x.jwt", "a.b.c")
        },
        Row("a manifest over its limit", "toolarge/x.ndjson") { place in
            try place.drop("x.manifest.json", large)
            try place.drop("x.ndjson", "{}")
        },
        Row("an empty manifest", "incomplete/x.ndjson") { place in
            try place.drop("x.manifest.json", "")
            try place.drop("x.ndjson", "{}")
        },
        Row("a name with a space", "name/x_y.jwt") { try $0.drop("x y.jwt", "a.b.c") },
        Row("a name with control characters", "name/x__31m.jwt") { try $0.drop("x\u{1B}[31m.jwt", "a.b.c") },
        Row("an ending of somebody else", "name/x.exe") { try $0.drop("x.exe", "MZ") },
        Row("a folder", "type/x.jwt") { mkdir($0.incoming("x.jwt"), 0o755) },
        Row("a symbolic link", "type/x.jwt") { symlink("/etc/passwd", $0.incoming("x.jwt")) },
        Row("a pipe", "type/x.ndjson") { mkfifo($0.incoming("x.ndjson"), 0o640) },
        Row("a file with two names", "type/x.jwt") { place in
            try place.drop(".x.tmp", "a.b.c")
            link(place.incoming(".x.tmp"), place.incoming("x.jwt"))
        },
        Row("a file that everybody may write", "owner/x.jwt") { place in
            try place.drop("x.jwt", "a.b.c")
            chmod(place.incoming("x.jwt"), 0o666)
        },
        Row("a pipe for a certificate", "type/x.jwt") { place in
            mkfifo(place.incoming("x.pem"), 0o640)
            try place.drop("x.jwt", "a.b.c")
        },
        Row("a pipe for a manifest", "type/x.ndjson") { place in
            mkfifo(place.incoming("x.manifest.json"), 0o640)
            try place.drop("x.ndjson", "{}")
        },
        Row("a folder for a manifest", "type/x.ndjson") { place in
            mkdir(place.incoming("x.manifest.json"), 0o755)
            try place.drop("x.ndjson", "{}")
        },
        Row("a link for a manifest", "type/x.ndjson") { place in
            symlink("/etc/passwd", place.incoming("x.manifest.json"))
            try place.drop("x.ndjson", "{}")
        },
    ]

    @Test("goes to failed with its reason; the others are answered, in this pass and the next", arguments: rows)
    func setAside(_ row: Row) throws {
        let place = try Place { plan in
            (plan.limits.single, plan.limits.bulk, plan.groupRequests) = (64 << 10, 1 << 20, 4)
        }
        try row.make(place)
        for number in 1...6 { try place.drop(try World.forge.item(of: World.software, number: number)) }
        try place.drop("good.ndjson", try World.forge.item(of: World.other, number: 7).line)
        let tally = try place.pass()
        #expect(tally.failed.count == 1)
        #expect(try place.clients.count == 7)
        #expect(place.folder.everything("spool/failed").contains(row.failed))
        #expect(place.lying(in: .failed).contains(row.failed + ".reason.json"))
        #expect(place.folder.everything("spool/active").isEmpty)
        try place.reopen()
        try place.drop(try World.forge.item(of: World.software, number: 8))
        try place.pass()
        #expect(try place.clients.count == 8)
    }

    @Test(
        "that somebody is still writing is left alone",
        arguments: [".x.jwt", "x.jwt.tmp", "x.ndjson.part", "x.jwt.partial", "x.jwt.filepart", "x.jwt~"]
    )
    func unfinished(_ name: String) throws {
        let place = try Place()
        try place.drop(name, "a.b")
        #expect(try place.pass().failed.isEmpty)
        #expect(place.lying(in: .incoming) == [name])
    }

    @Test(
        "a batch whose writer kept it open and changes it: what was answered appears, once, and nothing is open",
        arguments: ["appended", "overwritten"],
        ["in the same process", "between two"]
    )
    func changedLater(_ how: String, _ when: String) throws {
        let place = try Place { plan in plan.groupRequests = 2 }
        let lines = try (1...9).map { try World.forge.item(of: World.other, number: $0).line + "\n" }
        let text = lines[..<8].joined()
        try place.drop("b.ndjson", text)
        let writer = open(place.incoming("b.ndjson"), O_WRONLY | O_CLOEXEC)
        defer { close(writer) }
        var isChanged = false
        let change = {
            guard !isChanged else { return }
            isChanged = true
            let bytes = Array((how == "appended" ? lines[8] : String(repeating: "x", count: 40)).utf8)
            let place = how == "appended" ? text.utf8.count : text.utf8.count - 100
            #expect(pwrite(writer, bytes, bytes.count, place) == bytes.count)
        }
        if when == "between two" {
            place.stop.set()
            #expect(throws: PipelineError.self) { try place.pass() }
            change()
            try place.reopen()
            try place.pass()
        } else {
            try place.pass { _ in change() }
        }
        let mine = place.names.filter { $0.hasPrefix("b.\(Place.h16(text)).") }
        let answered = try place.lines(try #require(mine.first { $0.hasSuffix(".results.ndjson") }, "\(place.names)"))
        #expect(!answered.isEmpty && answered.count < 8 && answered.allSatisfy { $0.outcome == "accepted" })
        let summary = try place.bytes(try #require(mine.first { $0.hasSuffix(".summary.json") }))
        #expect(String(decoding: summary, as: UTF8.self).contains("\"lines\":\(answered.count),\"cut_off\":true,"))
        // Every client that exists is in a result, once.
        let shown = try place.answers.count { $0.outcome == "accepted" }
        #expect(try place.clients.count == shown)
        #expect(try place.ledger.summary(at: place.now).openBatches == 0)
        #expect(place.isSettled)
        if when == "in the same process" {
            #expect(place.lying(in: .failed).contains { $0.hasSuffix("/b.ndjson.reason.json") })
        } else {
            #expect(place.names.count == 4)
        }
    }

    @Test("a batch that got a second name after it was taken is set aside, and does not keep the others waiting")
    func linkedLater() throws {
        let place = try Place { plan in plan.groupRequests = 2 }
        let lines = try (1...6).map { try World.forge.item(of: World.other, number: $0).line + "\n" }
        try place.drop("b.ndjson", lines.joined())
        place.stop.set()
        #expect(throws: PipelineError.self) { try place.pass() }
        let taken = try #require(place.lying(in: .active).first)
        link(place.folder / "spool/active/\(taken)", place.folder / "second-name")
        try place.reopen()
        try place.drop(try World.forge.item(of: World.software))
        #expect(try place.pass().failed.map(\.name) == ["b.ndjson"])
        #expect(place.lying(in: .failed).contains("type/b.ndjson"))
        #expect(place.folder.everything("spool/active").isEmpty)
        #expect(try place.clients.count == 3)
    }

    @Test("what a hand left in active itself is answered like what was dropped, or set aside and told")
    func inActive() throws {
        let place = try Place()
        let item = try World.forge.item(of: World.software)
        try place.folder.write(Array(try #require(item.request).utf8), to: "spool/active/x.jwt")
        try place.folder.write(Array(try #require(item.certificate).utf8), to: "spool/active/x.pem")
        try place.folder.write([1], to: "spool/active/note.txt")
        try place.reopen()
        let tally = try place.pass()
        #expect(try place.answer(to: "x").outcome == "accepted")
        #expect(try place.clients.count == 1)
        #expect(tally.failed.map(\.name) == ["note.txt"])
        #expect(place.lying(in: .failed).sorted() == ["name/note.txt", "name/note.txt.reason.json"])
        #expect(place.isSettled)
    }

    @Test("a batch that a hand put beside a request in active is answered, and so is the request")
    func mixed() throws {
        let place = try Place()
        let items = try Campaign(World.forge, count: 4).items
        try place.folder.write(
            Array(items[1...].map { $0.line + "\n" }.joined().utf8),
            to: "spool/active/g1-2-3/b.ndjson"
        )
        try place.folder.write(Array(items[0].line.utf8), to: "spool/active/g1-2-3/x.json")
        try place.reopen()
        try place.pass()
        #expect(try place.clients.count == 4)
        #expect(try place.answer(to: "x").outcome == "accepted")
        #expect(try place.batchAnswers.map(\.outcome) == ["accepted", "accepted", "accepted"])
        #expect(place.isSettled)
    }
}
