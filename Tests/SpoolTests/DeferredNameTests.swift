import Testing

@testable import Spool

@Suite("The name of what waits")
struct DeferredNameTests {
    static let hash = "0123456789abcdef"

    struct Row: CustomTestStringConvertible, Sendable {
        let name: String
        let stem: String
        let line: Int?
        let kind: InputName.Kind
        let result: String
        var testDescription: String { name }
    }

    @Test(
        "reads what it wrote",
        arguments: [
            Row(name: "a.\(hash).jwt", stem: "a", line: nil, kind: .single, result: "a.\(hash).accepted.json"),
            Row(name: "a.\(hash).json", stem: "a", line: nil, kind: .record, result: "a.\(hash).accepted.json"),
            Row(name: "a.\(hash).17.json", stem: "a", line: 17, kind: .record, result: "a.\(hash).17.accepted.json"),
            Row(
                name: "a.b.1.\(hash).jose",
                stem: "a.b.1",
                line: nil,
                kind: .single,
                result: "a.b.1.\(hash).accepted.json"
            ),
            Row(
                name: "\(hash).1.\(hash).2.json",
                stem: "\(hash).1",
                line: 2,
                kind: .record,
                result: "\(hash).1.\(hash).2.accepted.json"
            ),
            Row(
                name: "a.\(hash).1234567890123456.json",
                stem: "a.\(hash)",
                line: nil,
                kind: .record,
                result: "a.\(hash).1234567890123456.accepted.json"
            ),
        ]
    )
    func reads(_ row: Row) throws {
        let name = try #require(DeferredName(row.name))
        #expect(name.description == row.name)
        #expect(name.stem == row.stem)
        #expect(name.line == row.line)
        #expect(name.kind == row.kind)
        #expect(name.result(outcome: "accepted") == row.result)
    }

    @Test(
        "is not found in other names",
        arguments: [
            "a.jwt", "a.\(hash).pem", "a.\(hash)", ".\(hash).jwt", "a.0123456789ABCDEF.jwt", "a.\(hash).0.json",
            "a.\(hash).-1.json",
            "a.\(hash).01.json", "a.\(hash).1.jwt", "a.\(hash).jwt.tmp", "a/b.\(hash).jwt", "", ".", "...",
        ]
    )
    func refuses(_ name: String) { #expect(DeferredName(name) == nil) }

    @Test("comes from an input or from a line")
    func made() {
        guard case .input(let single) = InputName.classify("a.b.jws") else { return }
        #expect(DeferredName(single: single, h16: Self.hash).description == "a.b.\(Self.hash).jws")
        #expect(DeferredName(stem: "a", h16: Self.hash, line: 3).description == "a.\(Self.hash).3.json")
    }

    @Test("results have one name each")
    func layout() {
        #expect(SpoolLayout.result(stem: "a", h16: "h", outcome: "rejected") == "a.h.rejected.json")
        #expect(SpoolLayout.result(stem: "a", h16: "h", line: 4, outcome: "accepted") == "a.h.4.accepted.json")
        #expect(SpoolLayout.batchResults(stem: "a", h16: "h") == "a.h.results.ndjson")
        #expect(SpoolLayout.batchPart(stem: "a", h16: "h") == "a.h.results.ndjson.part")
        #expect(SpoolLayout.batchSummary(stem: "a", h16: "h") == "a.h.summary.json")
        #expect(SpoolLayout.day(TemporarySpool.now) == TemporarySpool.day)
        #expect(SpoolLayout.safe(Array("../../etc/passwd".utf8)) == "_.._.._etc_passwd")
        #expect(SpoolLayout.safe([]) == "_")
        #expect(SpoolLayout.safe([0xFF, 0x0A, 0x41]) == "__A")
    }
}
