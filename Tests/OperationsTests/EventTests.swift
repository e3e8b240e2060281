import Encoding
import Glibc
import OpenBanking
import Testing

@testable import Operations

@Suite("The events of the log")
struct EventTests {
    @Test("docs/EVENTS.md is what the code says")
    func document() throws {
        if getenv("COUNTERFOIL_WRITE_EXAMPLE") != nil {
            try PackageFolder.write(EventDocument.text, to: "docs/EVENTS.md")
        }
        #expect(try PackageFolder.text("docs/EVENTS.md") == EventDocument.text)
    }

    @Test("names each event once, in lower case with one point")
    func names() {
        let names = Event.allCases.map(\.rawValue)
        #expect(Set(names).count == names.count)
        #expect(names.allSatisfy { $0.split(separator: ".").count == 2 && $0 == $0.lowercased() })
    }

    @Test("means something of its own, in words that fit a table", arguments: Event.allCases)
    func meaning(_ event: Event) {
        #expect(Event.allCases.count { $0.meaning == event.meaning } == 1)
        #expect(!event.meaning.isEmpty && event.meaning.utf8.count <= 60 && !event.meaning.contains("|"))
    }

    @Test("carries fields the log has, each once", arguments: Event.allCases)
    func fields(_ event: Event) {
        #expect(Set(event.fields).isSubset(of: Self.known))
        #expect(Set(event.fields).count == event.fields.count)
    }

    /// The names of all kinds of field.
    private static let known: Set<String> = {
        let single: [LogField] = [
            .milliseconds(0), .generation(0), .source(""), .sourceClass(""), .path(""), .line(1), .batch(""),
            .requestDigest(""),
            .keyID(""), .fingerprint(""), .subject(""), .outcome(.accepted), .version(""), .settings([]), .process(0),
            .offline(true), .reason(""), .code(""), .host(""), .actor(""),
        ]
        let rules = RuleID.allCases.prefix(1).map(LogField.rule)
        let names = (single + rules + LogField.change(from: "", to: "")).map(\.name)
        return Set(
            names + LogField.CountName.allCases.map(\.rawValue) + LogField.TimeName.allCases.map(\.rawValue)
        )
    }()
}
