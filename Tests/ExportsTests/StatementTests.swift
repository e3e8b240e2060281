import Encoding
import Ledger
import Testing

@testable import Exports

@Suite("Software statements in exports")
struct StatementTests {
    private typealias Place = ExportPlace

    /// A statement that names a software; its signature is the directory's to make.
    private static func statement(_ softwareID: String) -> String {
        let claims = Base64URL.encode(Array("{\"software_id\":\"\(softwareID)\"}".utf8))
        return "eyJhbGciOiJQUzI1NiJ9.\(claims).c2ln"
    }

    private static let own = statement("4W5rH0kTgqmQBMwLNsTx")

    private static func result(_ id: String, _ statement: String) -> String {
        "{\"v\":1,\"response\":{\"client_id\":\"\(id)\",\"software_statement\":\"\(statement)\"}}"
    }

    private func export(_ place: Place, _ format: ExportFormat) throws -> ExportTally {
        var order = ExportOrder(format: format, chunk: 10)
        order.hasStatements = true
        let source = StatementSource(folder: place.spool) { sealed in
            sealed.string == "a.b.c.d.e"
                ? ByteSlice("{\"client_id\":\"c1\",\"software_statement\":\"\(Self.own)\"}") : nil
        }
        let run = try ExportRun(
            order,
            from: place.ledger,
            into: place.folder,
            secrets: nil,
            statements: source,
            at: Place.now
        )
        guard case .made(let tally) = try run.run() else { throw ExportError.damaged(path: "nothing") }
        return tally
    }

    /// A row: what the result file of the one client holds, and what comes of it.
    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let text: String?
        var reason: WithheldReason?
    }

    static let rows = [
        Row(testDescription: "its own statement", text: result("c1", own)),
        Row(testDescription: "a sealed response that opens", text: "{\"sealed\":\"a.b.c.d.e\"}"),
        Row(testDescription: "no file", text: nil, reason: .statementMissing),
        Row(testDescription: "another client's result", text: result("c2", own), reason: .statementMissing),
        Row(
            testDescription: "other software's statement",
            text: result("c1", statement("other")),
            reason: .statementMissing
        ),
        Row(
            testDescription: "no statement",
            text: "{\"v\":1,\"response\":{\"client_id\":\"c1\"}}",
            reason: .statementMissing
        ),
        Row(testDescription: "no token", text: result("c1", "two.parts"), reason: .statementMissing),
        Row(testDescription: "no base64url", text: result("c1", "a.!!.c"), reason: .statementMissing),
        Row(testDescription: "a sealed response that stays closed", text: "{\"sealed\":\"x\"}", reason: .sealed),
    ]

    @Test(
        "are those of the result a client was registered with, or the client is left out and told of",
        arguments: rows
    )
    func found(_ row: Row) throws {
        for format in [ExportFormat.rfc7591, .wso2] {
            let place = try Place()
            try place.issue([Place.client("c1")])
            if let text = row.text { try place.write(text, to: "spool/results/2026-11-22/c1.json") }
            let tally = try export(place, format)
            #expect(tally.withheld == (row.reason.map { [$0: 1] } ?? [:]))
            #expect(tally.isRecorded == (row.reason == nil))
            guard row.reason == nil else { continue }
            let name = try #require(place.names.first { $0.contains(".statements.") && $0.hasSuffix("00001.ndjson") })
            #expect(try place.text(name).contains("\"software_statement\":\"\(Self.own)\""))
        }
    }

    @Test("are in no export that does not ask for them")
    func notAsked() throws {
        let place = try Place()
        try place.issue([Place.client("c1")])
        try place.write(Self.result("c1", Self.own), to: "spool/results/2026-11-22/c1.json")
        _ = try place.export(ExportOrder(format: .rfc7591, chunk: 10))
        for name in place.names { #expect(!(try place.text(name)).contains("software_statement")) }
        #expect(ExportFormat.allCases.filter(\.holdsStatements) == [.rfc7591, .wso2])
    }
}
