import Foundation
import Testing

/// Tables of the documents that say what the code says, compared with the code's own text.
@Suite("Tables of documents")
struct DocumentTableTests {
    @Test("the README's exit codes are ExitCode's, with their meanings and advice")
    func exitCodes() throws {
        let source = try Document("Sources/Operations/ExitCode.swift").text
        let parts = source.components(separatedBy: "package var advice")
        try #require(parts.count == 2)
        let meanings = Self.texts(of: parts[0])
        let advice = Self.texts(of: parts[1])
        let expected = source.matches(of: #/case (\w+) = (\d+)/#).map { match in
            [String(match.2), meanings[String(match.1)] ?? "", advice[String(match.1)] ?? ""]
        }
        #expect(expected.count > 10)
        #expect(try Document("README.md").table(under: "Exit codes") == expected)
    }

    @Test("ARCHITECTURE's arrows are those that are held")
    func arrows() throws {
        let rows = try Document("docs/ARCHITECTURE.md").table(under: "Targets and arrows")
        var written: [String: Set<String>] = [:]
        for row in rows where row.count == 3 {
            written[row[0].filter { $0 != "`" }] = Set(row[1].components(separatedBy: ", ").filter { !$0.isEmpty })
        }
        #expect(written == ArrowTests.allowed)
    }

    /// A table, its first column in code marks, and the enumeration whose values it lists.
    struct Row: CustomTestStringConvertible, Sendable {
        let document: String
        let heading: String
        let source: String
        let type: String

        init(_ document: String, _ heading: String, _ source: String, _ type: String) {
            self.document = document
            self.heading = heading
            self.source = source
            self.type = type
        }

        var testDescription: String { "\(document), \(heading): \(type)" }
    }

    @Test(
        "a table lists every value of its enumeration",
        arguments: [
            Row("docs/FORMATS.md", "Folders", "Sources/Spool/SpoolFolder.swift", "SpoolFolder"),
            Row("spool/README.md", "A spool for a checkout", "Sources/Spool/SpoolFolder.swift", "SpoolFolder"),
            Row("docs/FORMATS.md", "Record", "Sources/OpenBanking/RecordMember.swift", "RecordMember"),
            Row("docs/FORMATS.md", "Result", "Sources/OpenBanking/Outcome.swift", "Outcome"),
            Row("docs/FORMATS.md", "Failed", "Sources/Spool/FailureReason.swift", "FailureReason"),
            Row("docs/FORMATS.md", "Exports", "Sources/Exports/ExportFormat.swift", "ExportFormat"),
            Row("docs/AUDIT.md", "Events", "Sources/Ledger/AuditEvent.swift", "AuditEvent"),
            Row("docs/AUDIT.md", "Export", "Sources/Exports/Audit/AuditFormat.swift", "AuditFormat"),
            Row("docs/ARCHITECTURE.md", "Keys", "Sources/KeyCache/Listing/ListingState.swift", "ListingState"),
        ]
    )
    func enumerations(_ row: Row) throws {
        let cells = try Document(row.document).table(under: row.heading).compactMap(\.first)
        let written = Set(cells.map { cell in String(cell.filter { $0 != "`" }.prefix { $0 != "/" }) })
        #expect(written == (try Self.values(of: row.type, in: row.source)))
    }

    /// The texts a switch gives to cases, by case.
    private static func texts(of source: String) -> [String: String] {
        var texts: [String: String] = [:]
        for match in source.matches(of: #/case ((?:\.\w+(?:, )?)+): "([^"]+)"/#) {
            for name in match.1.components(separatedBy: ", ") { texts[String(name.dropFirst())] = String(match.2) }
        }
        return texts
    }

    /// The raw values of an enumeration of strings, read from its source.
    private static func values(of type: String, in path: String) throws -> Set<String> {
        let text = try Document(path).text
        let start = try #require(text.range(of: "package enum \(type)"))
        var values: Set<String> = []
        for line in text[start.upperBound...].split(separator: "\n").dropFirst() {
            if line.hasPrefix("    case ") {
                for item in line.dropFirst(9).components(separatedBy: ", ") {
                    let parts = item.components(separatedBy: " = ")
                    values.insert(parts.count == 2 ? parts[1].filter { $0 != "\"" } : parts[0])
                }
            } else if line.hasPrefix("    var ") || line.hasPrefix("    func ") || line.hasPrefix("    package ") {
                break
            }
        }
        return values
    }
}
