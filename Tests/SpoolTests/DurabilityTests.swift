import Encoding
import Glibc
import Testing

@testable import Spool

@Suite("From staging to the archive")
struct DurabilityTests {
    static let now = TemporarySpool.now
    static let day = TemporarySpool.day

    @Test("a result appears whole, once, and with the mode for its readers")
    func publish() throws {
        let place = try TemporarySpool()
        let spool = try place.open()
        try spool.stage("a.h.accepted.json", ByteSlice("{}"))
        #expect(place.status("staging/a.h.accepted.json")?.mode == 0o640)
        try spool.synchronize()
        #expect(try spool.publish("a.h.accepted.json", as: "a.h.accepted.json", day: Self.day) == .published)
        #expect(place.tree("staging") == [])
        #expect(place.text("results/\(Self.day)/a.h.accepted.json") == "{}")
        #expect(try spool.publish("a.h.accepted.json", as: "a.h.accepted.json", day: Self.day) == .alreadyThere)
        #expect(try spool.publish("b.h.accepted.json", as: "b.h.accepted.json", day: Self.day) == .missing)
        #expect(try spool.readResult("a.h.accepted.json", day: Self.day, into: ByteBuffer())?.string == "{}")
        #expect(try spool.readResult("b.h.accepted.json", day: Self.day, into: ByteBuffer()) == nil)
        #expect(try spool.readResult("a.h.accepted.json", day: "2026-11-23", into: ByteBuffer()) == nil)
    }

    @Test("the same bytes published again are fine, other bytes are a conflict and replace nothing")
    func publishTwice() throws {
        let place = try TemporarySpool()
        let spool = try place.open()
        try spool.stage("a", ByteSlice("one"))
        #expect(try spool.publish("a", as: "r", day: Self.day) == .published)
        try spool.stage("a", ByteSlice("one"))
        #expect(try spool.publish("a", as: "r", day: Self.day) == .alreadyThere)
        #expect(place.tree("staging") == [])
        for other in ["two", "on", "one "] {
            try spool.stage("b", ByteSlice(other))
            #expect(throws: SpoolError.conflict(path: place.root + "/results/\(Self.day)/r")) {
                try spool.publish("b", as: "r", day: Self.day)
            }
            #expect(place.text("results/\(Self.day)/r") == "one")
            #expect(try spool.removeStaged("b"))
        }
    }

    @Test("a day's folder that was removed is made again")
    func dayRemoved() throws {
        let place = try TemporarySpool()
        let spool = try place.open()
        try spool.stage("a", ByteSlice("one"))
        #expect(try spool.publish("a", as: "a", day: Self.day) == .published)
        unlink(place.root + "/results/\(Self.day)/a")
        rmdir(place.root + "/results/\(Self.day)")
        try spool.stage("b", ByteSlice("two"))
        #expect(try spool.publish("b", as: "b", day: Self.day) == .published)
        #expect(place.tree("results") == ["results/\(Self.day)/b"])
    }

    @Test("staging never writes over a file, and takes no name that leads elsewhere")
    func stage() throws {
        let place = try TemporarySpool()
        let spool = try place.open()
        try spool.stage("a", ByteSlice("one"))
        #expect(throws: SpoolError.conflict(path: place.root + "/staging/a")) { try spool.stage("a", ByteSlice("two")) }
        #expect(place.text("staging/a") == "one")
        for name in ["", ".", "..", "../a", "a/b", ".a", "a\0b", String(repeating: "x", count: 256)] {
            #expect(throws: SpoolError.badName(name)) { try spool.stage(name, ByteSlice("x")) }
            #expect(throws: SpoolError.self) { try spool.publish("a", as: name, day: Self.day) }
            #expect(throws: SpoolError.self) { try spool.publish("a", as: "a", day: name) }
            #expect(throws: SpoolError.badName(name)) { try spool.removeStaged(name) }
        }
        #expect(try spool.stagedNames() == ["a"])
    }

    @Test("a group goes to the archive by one rename, and again does no harm")
    func archive() throws {
        let place = try TemporarySpool()
        let spool = try place.open()
        try place.write("incoming/a.jwt")
        try place.write("incoming/a.pem")
        let group = try #require(try spool.intake().take(at: Self.now).group)
        #expect(try spool.archive(group.name, day: Self.day) == "archive/\(Self.day)/\(group.name)")
        #expect(place.names("active") == [])
        #expect(place.tree("archive") == ["a.jwt", "a.pem"].map { "archive/\(Self.day)/\(group.name)/\($0)" })
        #expect(try spool.archive(group.name, day: Self.day) == nil)
        // What is in the archive can still be read by who holds the group.
        #expect(try group.files[0].read(into: ByteBuffer()).string == "text")
    }

    @Test("what is put back can be taken again, with its certificate, under its name or beside a new file of that name")
    func putBack() throws {
        let place = try TemporarySpool()
        let spool = try place.open()
        let intake = spool.intake()
        try place.write("incoming/a.jwt", "first")
        try place.write("incoming/a.pem", "certificate")
        let first = try #require(try intake.take(at: Self.now).group)
        #expect(try spool.putBack(first.files[0]) == "a.jwt")
        #expect(try spool.release(first))
        #expect(place.names("incoming") == ["a.jwt", "a.pem"])
        let second = try #require(try intake.take(at: Self.now).group)
        #expect(second.files[0].certificate == "a.pem")
        try place.write("incoming/a.jwt", "second")
        #expect(try spool.putBack(second.files[0]) == "a.r1.jwt")
        #expect(place.names("incoming") == ["a.jwt", "a.r1.jwt", "a.r1.pem"])
        #expect(place.text("incoming/a.r1.pem") == "certificate")
        #expect(throws: SpoolError.self) { try spool.putBack(second.files[0]) }
    }

    @Test("a request waits with its certificate, once")
    func deferral() throws {
        let place = try TemporarySpool()
        let spool = try place.open()
        let intake = spool.intake()
        guard case .input(let input) = InputName.classify("a.jwt") else { return }
        let name = DeferredName(single: input, h16: "0123456789abcdef")
        for isNew in [true, false] {
            try place.write("incoming/a.jwt", "request")
            try place.write("incoming/a.pem", "certificate")
            let group = try #require(try intake.take(at: Self.now).group)
            #expect(try spool.moveToDeferred(group.files[0], as: name) == isNew)
            #expect(try spool.release(group) == isNew)
        }
        #expect(place.names("deferred") == ["a.0123456789abcdef.jwt", "a.0123456789abcdef.pem"])
        #expect(place.text("deferred/a.0123456789abcdef.jwt") == "request")
    }

    @Test("a line waits as a record of its own, which appears like a result")
    func deferredLine() throws {
        let place = try TemporarySpool()
        let spool = try place.open()
        let name = DeferredName(stem: "batch", h16: "0123456789abcdef", line: 7)
        let staged = try spool.stage(deferred: name, ByteSlice("{}"))
        #expect(try spool.publishDeferred(staged, as: name) == .published)
        #expect(try spool.publishDeferred(staged, as: name) == .alreadyThere)
        _ = try spool.stage(deferred: name, ByteSlice("{}"))
        #expect(try spool.publishDeferred(staged, as: name) == .alreadyThere)
        var found: [DeferredName] = []
        try spool.forEachDeferred { name, _ in
            found.append(name)
            return true
        }
        #expect(found == [name])
        #expect(place.names("deferred") == ["batch.0123456789abcdef.7.json"])
        #expect(place.names("staging") == [])
    }

    @Test("the part of a batch is cut to what was committed and goes on there")
    func part() throws {
        let place = try TemporarySpool()
        let spool = try place.open()
        let name = SpoolLayout.batchPart(stem: "batch", h16: "h")
        do {
            let part = try spool.part(name)
            try part.append(ByteSlice("one\n"))
            try part.append(ByteSlice("two\n"))
            try part.synchronize()
            #expect(part.size == 8)
            try part.append(ByteSlice("torn"))
        }
        #expect(place.text("staging/\(name)") == "one\ntwo\ntorn")
        let again = try spool.part(name, size: 8)
        #expect(again.size == 8)
        try again.append(ByteSlice("three\n"))
        try again.append(ByteSlice("four\n"))
        try again.truncate(to: 14)
        try again.append(ByteSlice("4\n"))
        try again.synchronize()
        #expect(place.text("staging/\(name)") == "one\ntwo\nthree\n4\n")
        #expect(try spool.publish(name, as: "batch.h.results.ndjson", day: Self.day) == .published)
        #expect(throws: SpoolError.vanished(path: place.root + "/staging/\(name)")) { try spool.part(name, size: 16) }
        try place.write("staging/\(name)", "short")
        #expect(throws: SpoolError.changed(name: name)) { try spool.part(name, size: 16) }
        #expect(try spool.part(name).size == 0)
        #expect(place.text("staging/\(name)") == "")
    }

    @Test("many lines go to a part in their order, each with its end, also more than Linux takes in one call")
    func lines() throws {
        let place = try TemporarySpool()
        let spool = try place.open()
        let name = SpoolLayout.batchPart(stem: "batch", h16: "h")
        let part = try spool.part(name)
        try part.append(lines: [])
        #expect(part.size == 0)
        let texts = (0..<1500).map { $0.isMultiple(of: 7) ? "" : String(repeating: "x", count: $0) + "\($0)" }
        try part.append(lines: texts.map { ByteSlice($0) })
        try part.append(lines: [ByteSlice("last")])
        let expected = texts.map { $0 + "\n" }.joined() + "last\n"
        #expect(part.size == Int64(expected.utf8.count))
        #expect(place.text("staging/\(name)") == expected)
    }

    @Test("the next owner finds the groups in flight, puts lone companions back and removes empty groups")
    func recovery() throws {
        let place = try TemporarySpool()
        var spool: Spool? = try place.open()
        try place.write("incoming/a.jwt", "request")
        try place.write("incoming/a.pem", "certificate")
        try place.write("incoming/b.ndjson")
        try place.write("incoming/b.manifest.json")
        let files = try #require(try spool?.intake().take(.files, at: Self.now).group)
        let batch = try #require(try spool?.intake().take(.batch, at: Self.now).group)
        mkdir(place.root + "/active/g0-1-1", 0o700)
        mkdir(place.root + "/active/g0-1-2", 0o700)
        try place.write("active/g0-1-2/lone.pem")
        mkdir(place.root + "/active/d0-1-3", 0o700)
        try place.write("active/d0-1-3/w.0123456789abcdef.json")
        spool = nil

        let next = try place.open()
        let groups = try next.recoverableGroups()
        #expect(groups.map(\.name) == ["d0-1-3", files.name, batch.name].sorted())
        #expect(place.names("active") == ["d0-1-3", files.name, batch.name].sorted())
        #expect(place.names("incoming") == ["lone.pem"])
        let single = try #require(groups.first { $0.name == files.name }?.files.first)
        #expect(try single.read(into: ByteBuffer()).string == "request")
        #expect(try single.readCertificate(into: ByteBuffer())?.string == "certificate")
        let bulk = try #require(groups.first { $0.name == batch.name })
        #expect(bulk.isBatch)
        #expect(bulk.files.first?.manifest == "b.manifest.json")
        let waiting = try #require(groups.first { $0.origin == .deferred }?.files.first)
        #expect(waiting.deferred == DeferredName("w.0123456789abcdef.json"))
        #expect(try next.putBack(waiting) == "w.0123456789abcdef.json")
        #expect(place.names("deferred") == ["w.0123456789abcdef.json"])
    }

    @Test("control files are wishes that are taken away when fulfilled")
    func control() throws {
        let place = try TemporarySpool()
        let spool = try place.open()
        for wish in [Wish.pause, .cancel(stem: "b"), .retry("w.0123456789abcdef.json")] {
            #expect(try !spool.isAsked(wish))
            try place.write("control/\(wish.fileName)")
            #expect(try spool.isAsked(wish))
            for _ in 1...2 { try spool.forget(wish) }
            #expect(try !spool.isAsked(wish))
        }
        try place.write("control/.x.retry")
        try place.write("control/w.0123456789abcdef.json.retry")
        #expect(try spool.retries() == ["w.0123456789abcdef.json"])
    }
}
