import Foundation
import Testing

/// The how-to of the air gap, walked as it stands: its low side in a network of its own with a directory over TLS, its
/// high side in one without interfaces.
@Suite("Across an air gap")
struct AirGapTests {
    private static let isPossible =
        NetworkNamespace.isPossible && FileManager.default.isExecutableFile(atPath: AirGapSite.nginx)

    @Test(
        "a round in both directions does what the how-to shows",
        .enabled(if: isPossible, "skipped: network namespaces need root and iproute2, the directory needs nginx")
    )
    func walk() throws {
        let text = try ConsoleDocument.text(AirGapSite.document)
        let (blocks, faults) = ConsoleBlock.blocks(of: text)
        #expect(faults == [] && blocks.count >= 10)
        let site = try AirGapSite()
        for block in blocks {
            try site.session(isHigh: try Self.isHigh(block, text)).expect(block.steps, of: AirGapSite.document)
        }
        // What was opened stays where the recipient is; nothing of it is on the medium or on the other side.
        let opened = try ["opened.ndjson", "later.json"].map { try site.low.folder.text($0) }.joined()
        let secrets = SecretSite.secrets(in: opened)
        #expect(Set(secrets).count == 4)
        #expect(try SecretSite.files(below: site.high.folder.path, holding: secrets) == [])
        #expect(try SecretSite.files(below: site.carry.path, holding: secrets) == [])
        #expect(try SecretSite.files(below: site.low.folder.path, holding: secrets) == ["later.json", "opened.ndjson"])
    }

    @Test(
        "the low side fetched by its network, the high side has none",
        .enabled(if: isPossible, "skipped: network namespaces need root and iproute2, the directory needs nginx")
    )
    func networks() throws {
        let site = try AirGapSite()
        let links = "ip -o link show up | cut -d ' ' -f 2"
        let step = ConsoleBlock.Step(line: 1, command: links)
        #expect(try site.session(isHigh: false).run([step]).map(\.output) == [["lo:"]])
        #expect(try site.session(isHigh: true).run([step]).map(\.output) == [[]])
        let refresh = ConsoleBlock.Step(line: 1, command: "counterfoil refresh --all")
        #expect(try site.session(isHigh: false).run([refresh]).map(\.code) == [0])
        #expect(try site.low.folder.text("access.log").contains("GET /keystore/openbanking.jwks"))
        #expect(try site.session(isHigh: true).run([refresh]).map(\.code) == [64])
    }

    /// Whether a block stands under a heading of the high side.
    private static func isHigh(_ block: ConsoleBlock, _ text: String) throws -> Bool {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let heading = try #require(lines.prefix(block.line).last { $0.hasPrefix("## ") })
        try #require(heading.hasSuffix("(low side)") || heading.hasSuffix("(high side)"), "\(heading)")
        return heading.hasSuffix("(high side)")
    }
}
