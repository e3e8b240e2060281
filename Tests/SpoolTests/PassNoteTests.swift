import Encoding
import Testing

@testable import Spool

@Suite("What is noted of passes")
struct PassNoteTests {
    static let now = TemporarySpool.now

    @Test("failures are counted by name and in a row; one that goes through ends the row and keeps the counts")
    func kept() throws {
        let place = try TemporarySpool()
        #expect(try place.open().passNote() == PassNote())
        for (step, name) in ["spool_disk_full", "spool_disk_full", "ledger.busy"].enumerated() {
            let spool = try place.open()
            var note = try spool.passNote()
            note.fail(name, at: Self.now + Int64(step))
            try spool.keep(note)
        }
        let spool = try place.open()
        var note = try spool.passNote()
        #expect(note.inARow == 3 && note.goodAt == nil)
        #expect(note.failure == PassNote.Failure(name: "ledger.busy", at: Self.now + 2))
        #expect(note.totals == ["spool_disk_full": 2, "ledger.busy": 1])
        note.succeed(at: Self.now + 10)
        note.count("spool_paused")
        try spool.keep(note)
        let view = try Spool.openReadOnly(place.root)
        #expect(try view.passNote() == note)
        #expect(note.inARow == 0 && note.goodAt == Self.now + 10 && note.totals["spool_paused"] == 1)
        #expect(note.failure?.at == Self.now + 2)
    }

    @Test("its file never gets shorter, and holds a bounded number of names within one block")
    func size() throws {
        let place = try TemporarySpool()
        let spool = try place.open()
        var (note, last) = (PassNote(), Int64(0))
        for number in 0..<100 {
            note.fail("failure_\(number)_" + String(repeating: "x", count: number), at: Self.now)
            if number.isMultiple(of: 3) { note.succeed(at: Self.now) }
            try spool.keep(note)
            let size = try #require(place.status(SpoolLayout.passes)).size
            #expect(size >= last && size <= 4096)
            last = size
        }
        #expect(note.totals.count == 49 && note.totals[PassNote.others] == 52)
        #expect(try spool.passNote().totals.values.reduce(0, +) == 100)
    }

    @Test(
        "what is none of ours in it is passed over",
        arguments: ["", "\n\n", "good\n", "good x\nfailed 1 2\n", "total 3\ntotal x y\n", "{\"v\":1}\n", "none\n"]
    )
    func foreign(_ text: String) throws {
        let place = try TemporarySpool()
        let spool = try place.open()
        try place.write(SpoolLayout.passes, text)
        #expect(try spool.passNote() == PassNote())
    }
}
