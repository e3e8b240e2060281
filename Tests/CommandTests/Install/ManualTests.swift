import Encoding
import Foundation
import Testing

/// The manual pages and completions, as the program makes them.
@Suite("Manual and completions")
struct ManualTests {
    private static let pages = ["counterfoil.1", "counterfoil.yaml.5", "counterfoil-formats.5"]

    @Test("every flag of the help is in the page of its command, and the page has no other")
    func flags() throws {
        let place = try TemporaryFolder()
        let page = try Self.page("counterfoil.1", place)
        let help = try Program.run(["--experimental-dump-help"], in: place)
        var limits = JSONLimits.record
        (limits.textBytes, limits.nodes, limits.depth) = (16 << 20, 1 << 20, 64)
        let document = JSONDocument(limits: limits)
        try document.parse(ByteSlice(help.output))
        let known = Self.flags(of: try #require(document.root["command"]), named: nil)
        #expect(known.count > 20)
        let common = Self.section("COMMON OPTIONS", of: page, mark: ".Sh")
        let shared = Self.flags(in: common)
        for (command, flags) in known {
            let section = Self.section(command, of: page, mark: ".Ss")
            try #require(!section.isEmpty, "\(command) has no section")
            // What all share is described once, and named where it is taken.
            #expect(
                Self.flags(in: section).union(["help", "version"]) == flags.union(["help", "version"]),
                "\(command)"
            )
            let described = Self.flags(in: section.filter { $0.hasPrefix(".It") })
            #expect(described.union(shared).isSuperset(of: flags), "\(command)")
        }
        let sections = Set(page.filter { $0.hasPrefix(".Ss ") }.map { String($0.dropFirst(4)) })
        #expect(sections == Set(known.keys))
    }

    @Test("every exit code is in counterfoil(1)")
    func exitCodes() throws {
        let page = try Self.page("counterfoil.1", try TemporaryFolder())
        let codes = Self.section("EXIT STATUS", of: page, mark: ".Sh").filter { $0.hasPrefix(".It ") }
        let rows = try ConsoleDocument.text("README.md").matches(of: #/(?m)^\| (\d+) \| /#).map { ".It \($0.1)" }
        #expect(codes == rows && codes.count > 10)
    }

    @Test("every setting is in counterfoil.yaml(5), with its default")
    func settings() throws {
        let page = try Self.page("counterfoil.yaml.5", try TemporaryFolder()).joined(separator: "\n")
        var path: [Substring] = []
        for line in try ConsoleDocument.text("etc/counterfoil.example.yaml").split(separator: "\n") {
            let text = line.drop { $0 == " " }
            guard !text.hasPrefix("#"), let colon = text.firstIndex(of: ":") else { continue }
            path = path.prefix((line.count - text.count) / 2) + [text[..<colon]]
            let setting = path.joined(separator: ".") + text[colon...]
            guard text[colon...] != ":" else { continue }
            let shown = setting.replacing("\\", with: "\\e").replacing("-", with: "\\-").replacing(" ", with: "\\ ")
            #expect(page.contains(".It Sy \\&\(shown)\n"), "\(setting)")
        }
    }

    @Test("every section and table of FORMATS is in counterfoil-formats(5)")
    func formats() throws {
        let page = try Self.page("counterfoil-formats.5", try TemporaryFolder())
        let text = try ConsoleDocument.text("docs/FORMATS.md")
        for line in text.split(separator: "\n") where line.hasPrefix("## ") {
            #expect(page.contains(".Sh \(line.dropFirst(3).uppercased())"), "\(line)")
        }
        let rows = text.split(separator: "\n").count { $0.hasPrefix("| ") }
        let heads = text.split(separator: "\n").count { $0.hasPrefix("|---") }
        let bullets = text.split(separator: "\n").count { $0.hasPrefix("* ") }
        #expect(page.count { $0.hasPrefix(".It") } == rows - heads + bullets)
    }

    @Test(
        "mandoc has nothing to warn of",
        .enabled(if: isThere("mandoc"), "skipped: mandoc is not installed"),
        arguments: pages
    )
    func lint(_ name: String) throws {
        let place = try TemporaryFolder()
        try place.write(try Self.page(name, place).joined(separator: "\n"), to: name)
        let result = try Running(words: ["mandoc", "-T", "lint", "-W", "warning", name], in: place).wait()
        // Where the pages lie here, those they refer to do not.
        let said = result.output.split(separator: "\n").filter { !$0.contains("referenced manual not found") }
        #expect(said.isEmpty, "\(said.prefix(10).joined(separator: "\n"))")
        let text = try Running(words: ["mandoc", "-T", "ascii", name], in: place).wait()
        #expect(text.code == 0 && !text.output.contains("\\f"), "\(text.errors)")
    }

    @Test(
        "completions can be read by their shells",
        arguments: [("bash", ["bash", "-n"]), ("zsh", ["zsh", "-n"]), ("fish", ["fish", "--no-execute"])]
    )
    func completions(_ shell: String, _ reader: [String]) throws {
        guard Self.isThere(reader[0]) else { try Test.cancel("skipped: \(shell) is not installed") }
        let place = try TemporaryFolder()
        let made = try Program.run(["--generate-completion-script", shell], in: place)
        #expect(made.code == 0 && made.output.contains("fail-if-idle"))
        #expect(!made.output.contains(" manual"), "what the help hides is not completed")
        try place.write(made.output, to: "completion")
        let result = try Running(words: reader + ["completion"], in: place).wait()
        #expect(result.code == 0, "\(result.errors)")
    }

    private static func isThere(_ program: String) -> Bool {
        ["/usr/bin", "/bin"].contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(program)") }
    }

    private static func page(_ name: String, _ place: TemporaryFolder) throws -> [String] {
        let template = ConsoleDocument.root.appending(path: "docs/man/\(name).in").path
        let result = try Program.run(["manual", template], in: place)
        try #require(result.code == 0, "\(result.errors)")
        return result.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    /// The lines of a section, up to the next of its kind.
    private static func section(_ name: String, of page: [String], mark: String) -> [String] {
        guard let start = page.firstIndex(of: "\(mark) \(name)") else { return [] }
        return Array(page[(start + 1)...].prefix { !$0.hasPrefix(mark) && !$0.hasPrefix(".Sh") })
    }

    /// The long flags the macros of some lines name.
    private static func flags(in lines: [String]) -> Set<String> {
        let macros = lines.filter { $0.hasPrefix(".") }
        return Set(macros.flatMap { $0.matches(of: #/Fl -([a-z][a-z-]*)/#).map { String($0.1) } })
    }

    /// The long flags of each command, by its words.
    private static func flags(of command: JSONValue, named words: String?) -> [String: Set<String>] {
        var all: [String: Set<String>] = [:]
        for inner in command["subcommands"].map({ Array($0.elements) }) ?? [] {
            guard inner["shouldDisplay"]?.bool == true, let name = inner["commandName"]?.text?.string, name != "help"
            else { continue }
            all.merge(flags(of: inner, named: words.map { "\($0) \(name)" } ?? name)) { first, _ in first }
        }
        guard let words else { return all }
        var flags: Set<String> = []
        // A command that only groups others has no line of its own.
        for argument in all.isEmpty ? command["arguments"].map({ Array($0.elements) }) ?? [] : [] {
            for name in argument["names"].map({ Array($0.elements) }) ?? [] where name["kind"]?.text?.string == "long" {
                if let text = name["name"]?.text?.string { flags.insert(text) }
            }
        }
        all[words] = flags
        return all
    }
}
