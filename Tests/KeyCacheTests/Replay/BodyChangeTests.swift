import Encoding
import Testing

@testable import KeyCache

/// What is kept of a body that was replaced.
@Suite("Changes of bodies")
struct BodyChangeTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let before: [UInt8]
        let after: [UInt8]
        /// The most bytes the change may have.
        let limit: Int
    }

    private static let large: [UInt8] = {
        var random = Lehmer(seed: 7)
        return random.bytes(200_000...200_000)
    }()

    static let rows = [
        Row(testDescription: "the same", before: large, after: large, limit: 24),
        Row(testDescription: "a head of its own", before: [1, 2, 3] + large.dropFirst(40), after: large, limit: 100),
        Row(testDescription: "an entry less", before: large, after: Array(large[..<9000] + large[9035...]), limit: 100),
        Row(testDescription: "an entry more", before: Array(large[..<9000] + large[9035...]), after: large, limit: 100),
        Row(testDescription: "nothing alike", before: Array(large[..<3000]), after: Array(large[4000...]), limit: 3100),
        Row(testDescription: "out of nothing", before: Array(large[..<3000]), after: [], limit: 3100),
        Row(testDescription: "nothing out of something", before: [], after: large, limit: 12),
        Row(testDescription: "shorter than a block", before: [1, 2, 3], after: [1, 2, 3], limit: 15),
        Row(
            testDescription: "one byte over and over",
            before: [UInt8](repeating: 0, count: 5000),
            after: [UInt8](repeating: 0, count: 4000),
            limit: 100
        ),
    ]

    @Test("the body comes out again, of few bytes where bodies are alike", arguments: rows)
    func whole(_ row: Row) {
        let change = BodyChange.encode(row.before, from: row.after)
        #expect(BodyChange.decode(change, from: row.after) == row.before)
        #expect(change.count <= row.limit)
    }

    @Test("random edits")
    func random() {
        var random = Lehmer(seed: 11)
        for _ in 0..<200 {
            let after = random.bytes(0...400)
            var before = after
            for _ in 0..<Int.random(in: 0...6, using: &random) {
                let place = Int.random(in: 0...before.count, using: &random)
                let end = Int.random(in: place...min(before.count, place + 40), using: &random)
                before.replaceSubrange(place..<end, with: random.bytes(0...20))
            }
            #expect(BodyChange.decode(BodyChange.encode(before, from: after), from: after) == before)
        }
    }

    @Test("a damaged change or another base makes nothing, and no crash")
    func damaged() {
        let row = Self.rows[2]
        let change = BodyChange.encode(row.before, from: row.after)
        #expect(BodyChange.decode(change, from: [1, 2, 3]) == nil)
        #expect(BodyChange.decode(Array(change.dropLast()), from: row.after) == nil)
        #expect(BodyChange.decode([0xFF, 0xFF, 0xFF, 0xFF], from: row.after) == nil)
    }

    @Test("fetches are packed and read again")
    func notes() {
        var notes = FetchNotes()
        let rows = [
            FetchNote(pulse: 5, fetchedAt: World.start, bundle: nil),
            FetchNote(pulse: 300, fetchedAt: World.start + 900, bundle: nil),
            FetchNote(pulse: 301, fetchedAt: World.start - 90_000, bundle: 12),
            FetchNote(pulse: 1_000_000, fetchedAt: .max, bundle: .max),
        ]
        for row in rows { notes.append(row) }
        #expect(FetchNotes(notes.bytes)?.all == rows)
        #expect(FetchNotes(Array(notes.bytes.dropLast())) == nil)
        #expect(FetchNotes([])?.all == [])
    }
}
