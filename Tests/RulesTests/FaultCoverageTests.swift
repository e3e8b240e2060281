import Foundation
import OpenBanking
import Testing

@testable import Rules
@testable import Simulator

/// Every way a rule can fail, as the source spells it, is told by some row: a fault nobody can provoke is dead or untested.
struct FaultCoverageTests {
    /// Faults that no request can provoke, because something else keeps them away; they stay as a second line.
    private static let unreachable: Set<String> = [
        // The profiles OBWAC and QWAC are given to certificates that have these only.
        "the certificate has no PSD2 statement", "the certificate's QcType is not web",
        // The inspector reports such a key as a fault of the certificate first.
        "the certificate's key is not usable: \u{0}",
    ]

    @Test("every fault of the rules is told by a row")
    func everyFaultIsTold() throws {
        var told: [String] = []
        for row in RowTables.all { told += try row.verdict().findings.map(\.message) }
        for row in noticeRows {
            var registration = try Registration(row.software, form: row.form)
            try row.change(&registration)
            told += try registration.verdict().findings.map(\.message)
        }
        let silent = try SourceFaults.all().filter { fault in
            !Self.unreachable.contains(fault.text) && !told.contains { fault.matches($0) }
        }
        #expect(silent.map(\.description) == [])
    }

    @Test("every rule that refuses has a row that it lets pass")
    func everyErrorHasAPassingRow() throws {
        var asked: Set<RuleID> = []
        for form: Registration.Form in [.record, .bare, .manual] {
            let registration = try Registration(form: form)
            let book = RuleBook(registration.policy)
            let examiner = Examiner(policy: registration.policy, book: book, indexes: ClaimIndexes())
            #expect(try registration.verdict(examiner).outcome == .accepted)
            asked.formUnion(book.active.filter { examiner.evidence.has($0.rule.needs) }.map(\.rule.id))
        }
        let errors = RuleBook.all.filter { $0.severity == .error }.map(\.id)
        #expect(Set(errors).subtracting(asked) == [])
    }
}

/// A fault's sentence as the source spells it: the literal pieces between its interpolations.
struct SourceFaults: CustomStringConvertible {
    let file: String
    let text: String

    var description: String { "\(file): \(text)" }

    /// True where the pieces stand in a message in their order.
    func matches(_ message: String) -> Bool {
        var rest = Substring(message)
        for piece in text.components(separatedBy: "\u{0}") where !piece.isEmpty {
            guard let found = rest.range(of: piece) else { return false }
            rest = rest[found.upperBound...]
        }
        return true
    }

    /// Every string that stands first in `Fault(`, `.waiting(`, or is returned as the end of a sentence.
    static func all() throws -> [SourceFaults] {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let folder = root.appending(path: "Sources/Rules")
        let skipped = ["LedgerRules.swift", "Fault.swift", "Verdict.swift", "BankTemplate.swift"]
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        return try names.filter { $0.hasSuffix(".swift") && !skipped.contains($0) }.flatMap { name in
            let source = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
            return ["Fault(", ".waiting("].flatMap { literals(after: $0, in: source) }.map {
                SourceFaults(file: name, text: $0)
            }
        }
    }

    /// The string literals that follow an opening, white space skipped; each interpolation becomes a NUL.
    private static func literals(after opening: String, in source: String) -> [String] {
        source.components(separatedBy: opening).dropFirst().compactMap { part in
            var rest = part.drop { $0.isWhitespace }
            guard rest.first == "\"" else { return nil }
            rest = rest.dropFirst()
            var text = ""
            var depth = 0
            while let character = rest.first {
                rest = rest.dropFirst()
                if depth > 0 {
                    depth += character == "(" ? 1 : character == ")" ? -1 : 0
                } else if character == "\\", rest.first == "(" {
                    rest = rest.dropFirst()
                    text += "\u{0}"
                    depth = 1
                } else if character == "\"" {
                    return text
                } else {
                    text.append(character)
                }
            }
            return nil
        }
    }
}
