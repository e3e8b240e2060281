import Testing

@testable import Crypto

@Suite("DigestIndex")
struct DigestIndexTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let name: String
        let digests: [SHA256Digest]
        let asked: SHA256Digest
        let position: Int?
        var testDescription: String { name }
    }

    private static let one = SHA256Digest(1, 2, 3, 4)

    static let rows: [Row] = [
        Row(
            name: "an empty index has nothing, not even zeros",
            digests: [],
            asked: SHA256Digest(0, 0, 0, 0),
            position: nil
        ),
        Row(
            name: "a digest of zeros is a digest",
            digests: [one, SHA256Digest(0, 0, 0, 0)],
            asked: SHA256Digest(0, 0, 0, 0),
            position: 1
        ),
        Row(name: "of equal digests the later is found", digests: [one, one], asked: one, position: 1),
        Row(
            name: "another last word is another digest",
            digests: [one],
            asked: SHA256Digest(1, 2, 3, 5),
            position: nil
        ),
        Row(
            name: "another first word is another digest",
            digests: [one],
            asked: SHA256Digest(0, 2, 3, 4),
            position: nil
        ),
        Row(
            name: "those with one first word stay apart",
            digests: (0..<20).map { SHA256Digest(7, 0, 0, $0) },
            asked: SHA256Digest(7, 0, 0, 13),
            position: 13
        ),
    ]

    @Test("finds a digest by all of its words", arguments: rows)
    func finds(_ row: Row) {
        #expect(DigestIndex(row.digests).position(of: row.asked) == row.position)
    }

    @Test("finds each of 10,000 and none of 10,000 others")
    func many() {
        let digests = (0..<20_000).map { SHA256Digest.of("\($0)") }
        let index = DigestIndex(digests[..<10_000])
        #expect(digests.indices.allSatisfy { index.position(of: digests[$0]) == ($0 < 10_000 ? $0 : nil) })
    }
}
