import Foundation
import Testing

@Suite("rules")
struct RuleBookTests {
    @Test("docs/RULES.md is what the program prints")
    func markdown() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let file = try String(contentsOf: root.appendingPathComponent("docs/RULES.md"), encoding: .utf8)
        let result = try Program.run(["rules", "--markdown"], in: TemporaryFolder())
        #expect(result.output == file, "run: counterfoil rules --markdown > docs/RULES.md")
    }

    @Test("every rule from R-001 to R-160 is in the book")
    func complete() throws {
        let lines = try Program.run(["rules"], in: TemporaryFolder()).output.split(separator: "\n")
        let numbers = lines.compactMap { Int($0.dropFirst(2).prefix(3)) }
        #expect(Array(Set(numbers)).sorted() == numbers.sorted())
        #expect(Set(1...160).subtracting(numbers).isEmpty, "\(Set(1...160).subtracting(numbers).sorted())")
    }

    @Test("one rule is told in full, by rules and by explain", arguments: ["rules", "explain"])
    func one(_ command: String) throws {
        let result = try Program.run([command, "r-107"], in: TemporaryFolder())
        #expect(
            result.output == """
                R-107  each redirect URI is, byte for byte, one of the software statement's
                  source    OB DCR 3.3, redirect_uris; RFC 7591 section 2.3
                  severity  error, policy.overrides may change it
                  reports   invalid_redirect_uri
                  judged    for each request
                  remedy    Add the URI to the software in the directory and ask for a new software statement, or leave it out.
                  note      Compared byte for byte: normalising both sides first is how redirects were stolen elsewhere.

                """
        )
    }

    @Test("a rule that is none is a usage error")
    func unknown() throws {
        #expect(try Program.run(["rules", "R-999"], in: TemporaryFolder()).code == 64)
    }

    @Test("version tells the libraries in use, to people and programs")
    func version() throws {
        let lines = try Program.run(["version"], in: TemporaryFolder()).output.split(separator: "\n")
        #expect(lines.map { $0.prefix { $0 != " " } } == ["counterfoil", "swift", "openssl", "libcurl", "sqlite"])
        for line in lines { #expect(line.last?.isNumber == true || line.hasSuffix("later"), "\(line)") }
        #expect(
            try Program.run(["version", "--json"], in: TemporaryFolder()).output.hasPrefix("{\"v\":1,\"counterfoil\":")
        )
    }
}
