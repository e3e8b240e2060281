import Foundation
import Testing

@Suite("Offline")
struct OfflineTests {
    private static let strace = "/usr/bin/strace"

    @Test(
        "no command but refresh and run ever opens an internet socket",
        .enabled(if: FileManager.default.isExecutableFile(atPath: strace), "skipped: strace is not installed"),
        arguments: [["process"], ["process", "--dry-run"], ["status"], ["check", "tpp.jwt"], ["explain", "tpp.jwt"]]
    )
    func opensNoSocket(_ arguments: [String]) throws {
        let site = try Site()
        _ = try site.refresh()
        try site.drop()
        try site.write(try site.make(number: 1), to: "tpp")
        let words = [Self.strace, "-f", "-qq", "-o", "trace", "-e", "trace=socket,connect", Program.path]
        let result = try Running(words: words + arguments + ["--as-of", Site.asOf], in: site.folder).wait()
        #expect(result.code == 0, "\(result.errors)")
        let calls = try site.folder.text("trace").split(separator: "\n").filter { $0.contains("AF_INET") }
        #expect(calls.isEmpty, "\(calls)")
    }

    @Test(
        "refresh from a mirror opens none either",
        .enabled(if: FileManager.default.isExecutableFile(atPath: strace), "skipped: strace is not installed")
    )
    func mirrorOpensNoSocket() throws {
        let site = try Site()
        let words = [Self.strace, "-f", "-qq", "-o", "trace", "-e", "trace=socket,connect", Program.path]
        let refresh = ["refresh", "--all", "--mirror", "mirror", "--as-of", Site.asOf]
        #expect(try Running(words: words + refresh, in: site.folder).wait().code == 0)
        #expect(try !site.folder.text("trace").contains("AF_INET"))
    }
}
