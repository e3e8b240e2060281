import Fetch
import KeyCache
import Testing

@testable import Refresh

@Suite("A batch of outcomes")
struct OutcomeBatchTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let name: String
        var count = 1
        var bytes = 10
        var age: Int64 = 0
        var sourceClass = SourceClass.organisation
        var isConfirmed = false
        let isDue: Bool
        var testDescription: String { name }
    }

    static let rows: [Row] = [
        Row(name: "empty, however old", count: 0, age: 10_000, isDue: false),
        Row(name: "one, young", isDue: false),
        Row(name: "one below the number", count: OutcomeBatch.countLimit - 1, isDue: false),
        Row(name: "the number", count: OutcomeBatch.countLimit, isDue: true),
        Row(name: "one byte below the size", bytes: OutcomeBatch.byteLimit - 1, isDue: false),
        Row(name: "the size", bytes: OutcomeBatch.byteLimit, isDue: true),
        Row(name: "a millisecond below the age", age: OutcomeBatch.millisecondLimit - 1, isDue: false),
        Row(name: "the age", age: OutcomeBatch.millisecondLimit, isDue: true),
        Row(
            name: "a millisecond below the age of a revoked set",
            age: urgent - 1,
            sourceClass: .softwareRevoked,
            isDue: false
        ),
        Row(name: "the age of a software's revoked set", age: urgent, sourceClass: .softwareRevoked, isDue: true),
        Row(name: "the age of an organisation's", age: urgent, sourceClass: .organisationRevoked, isDue: true),
        Row(name: "the age of a revocation list", age: urgent, sourceClass: .crl, isDue: true),
        Row(name: "of keys in use no sooner", age: urgent, sourceClass: .software, isDue: false),
        Row(
            name: "of a revoked set that stayed no sooner",
            age: urgent,
            sourceClass: .softwareRevoked,
            isConfirmed: true,
            isDue: false
        ),
    ]

    static let urgent = OutcomeBatch.urgentMillisecondLimit

    @Test("is due by number, by size and by age", arguments: rows)
    func due(_ row: Row) throws {
        let fixture = try RefreshFixture()
        try fixture.add("https://keystore.test/a", row.sourceClass)
        let source = try #require(try fixture.store.source("https://keystore.test/a"))
        let body = [UInt8](repeating: 0, count: row.bytes)
        let answer: FetchResponse =
            row.isConfirmed ? .notModified(FetchHeaders(), PeerInfo()) : .body(body, FetchHeaders(), PeerInfo())
        let result = FetchResult(index: 0, outcome: .success(answer))
        var batch = OutcomeBatch()
        for position in 0..<row.count {
            batch.add(OutcomeBatch.Entry(position: position, source: source, result: result, time: 0), now: 500)
        }
        #expect(batch.isDue(now: 500 + row.age) == row.isDue)
        #expect(batch.take().map(\.position) == Array(0..<row.count))
        #expect(batch.take().isEmpty)
    }

    @Test("ends with the pass: all sources of a long one are recorded, in order")
    func longPass() throws {
        let fixture = try RefreshFixture()
        let count = OutcomeBatch.countLimit * 2 + 7
        for number in 0..<count {
            try fixture.add("https://keystore.test/\(number).jwks", .organisation)
            try fixture.folder.write("mirror/keystore.test/\(number).jwks", TestKeys.ab)
        }
        var heard: [String] = []
        let report = try fixture.mirrorPass().run(.due, onLine: { heard.append($0.url) })
        #expect(report.count(.updated) == count)
        #expect(heard == report.lines.map(\.url))
        #expect(try fixture.store.allSources().allSatisfy { $0.lastSuccess == fixture.now })
        #expect(try fixture.mirrorPass().run(.all).count(.unchanged) == count)
    }
}
