import Encoding
import Simulator
import Testing

@Suite("clients")
struct ClientsTests {
    /// A site with three registrations of a batch, and their records.
    private static func site() throws -> Site {
        let site = try Site()
        _ = try site.refresh()
        for number in 0..<3 { try site.drop(stem: "tpp-\(number)", number: number) }
        #expect(try site.runAsOf("process").code == 0)
        return site
    }

    private static func documents(_ text: String) throws -> [JSONDocument] {
        try text.split(separator: "\n").map { line in
            let document = JSONDocument(limits: .record)
            try document.parse(ByteSlice(String(line)))
            return document
        }
    }

    @Test("list tells each client on a line, and that it is complete")
    func list() throws {
        let site = try Self.site()
        let lines = try Self.documents(try site.runAsOf("clients", "list", "--json").output)
        try #require(lines.count == 4)
        for line in lines {
            #expect(line.root["v"]?.integer == 1)
        }
        #expect(lines[3].root["type"]?.text?.string == "summary")
        #expect(lines[3].root["clients"]?.integer == 3)
        let ids = lines.prefix(3).compactMap { $0.root["client_id"]?.text?.string }
        #expect(Set(ids).count == 3)
        let screen = try site.runAsOf("clients", "list").output
        for id in ids { #expect(screen.contains(id)) }
        #expect(screen.hasPrefix("CLIENT "))
    }

    struct Choice: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let words: [String]
        let count: Int

        init(_ description: String, _ words: [String], _ count: Int) {
            (testDescription, self.words, self.count) = (description, words, count)
        }
    }

    @Test(
        "list shows the clients asked for",
        arguments: [
            Choice("all", [], 3), Choice("registered", ["--state", "registered"], 3),
            Choice("deleted", ["--state", "deleted"], 0), Choice("another organisation", ["--org", "nobody"], 0),
            Choice("another software", ["--software", "nobody"], 0),
            Choice("since before", ["--since", "2026-11-22"], 3),
            Choice("since later", ["--since", "2026-11-22T00:00:01Z"], 0),
        ]
    )
    func choices(_ choice: Choice) throws {
        let site = try Self.site()
        let words = ["clients", "list", "--as-of", Site.asOf]
        let lines = try Self.documents(try Program.run(words + ["--json"] + choice.words, in: site.folder).output)
        #expect(lines.last?.root["clients"]?.integer == Int64(choice.count))
        #expect(lines.count == choice.count + 1)
        if choice.count == 0 {
            #expect(try Program.run(words + choice.words, in: site.folder).output == "no client is like that\n")
        }
    }

    @Test("show tells what is known of a client, and where its result is")
    func show() throws {
        let site = try Self.site()
        let list = try Self.documents(try site.runAsOf("clients", "list", "--json").output)
        let id = try #require(list.first?.root["client_id"]?.text?.string)
        let screen = try site.runAsOf("clients", "show", id).output
        #expect(screen.hasPrefix("\(id)   registered\n"))
        for label in ["organisation", "software", "redirect", "scope", "certificate", "request"] {
            #expect(screen.contains("\n  \(label) "), "\(label) in \(screen)")
        }
        let document = try #require(try Self.documents(try site.runAsOf("clients", "show", id, "--json").output).first)
        let result = try #require(document.root["result"]?.text?.string)
        #expect(try site.folder.text("spool/\(result)").contains(id))
        #expect(document.root["metadata"]?["client_id"]?.text?.string == id)
    }

    @Test("what is not there is said, with what to do")
    func absent() throws {
        let site = try Site()
        let early = try site.runAsOf("clients", "list")
        #expect(early.code == 10)
        #expect(early.errors.contains("there is no ledger yet"))
        #expect(try Self.site().runAsOf("clients", "show", "nobody").code == 64)
        #expect(try site.runAsOf("clients", "list", "--since", "yesterday").code == 64)
    }
}
