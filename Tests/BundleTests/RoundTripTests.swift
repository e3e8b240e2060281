import Crypto
import Encoding
import JOSE
import PKIX
import Testing

@testable import Bundle
@testable import KeyCache

@Suite("Bundles across the gap")
struct RoundTripTests {
    @Test("what the low side had, the high side has")
    func roundTrip() throws {
        let (low, high) = (try LowSide(), try HighSide())
        let export = try low.export()
        #expect(export.bodies == 4 && export.record.version == 1)
        let report = try high.take(low.folder.bytes("bundle.tar"))
        #expect(report.newSources == 4 && report.count(.updated) == 4 && report.isWhole)
        #expect(try high.kids(World.directory) == "AB")
        #expect(try high.kids(World.software) == "CD")
        let bundle = try #require(try high.store.importedBundle())
        #expect(bundle.version == 1 && bundle.sha256 == export.record.sha256)
        #expect(try high.store.firstBrokenEvent() == nil)
    }

    @Test("equal caches and times make equal bytes")
    func deterministic() throws {
        let low = try LowSide()
        try low.export("a.tar")
        let copy = try LowSide()
        try copy.export("b.tar")
        #expect(try low.folder.bytes("a.tar") == copy.folder.bytes("b.tar"))
    }

    @Test("the same bundle again changes nothing")
    func again() throws {
        let (low, high) = (try LowSide(), try HighSide())
        let bytes = try low.archive().bytes
        try high.take(bytes)
        let before = try high.digest()
        #expect(try high.take(bytes).isKnown)
        #expect(try high.digest() == before)
    }

    @Test("a rehearsal tells everything and keeps nothing")
    func rehearsal() throws {
        let (low, high) = (try LowSide(), try HighSide())
        let report = try high.take(low.archive().bytes, rehearsal: true)
        #expect(report.count(.updated) == 4)
        #expect(try high.store.importedBundle() == nil && high.store.bundleTrust().isEmpty)
        #expect(try high.store.allSources().isEmpty)
    }

    @Test("a bundle that builds on another leaves out what it had, and needs it")
    func since() throws {
        let (low, high) = (try LowSide(), try HighSide())
        let full = try low.archive("one.tar").bytes
        try low.fetch(World.software, World.keys("CDF"), at: World.start + 100)
        let export = try low.export("two.tar", at: World.start + 200, since: 1)
        #expect(export.bodies == 1 && export.unchanged == 3)
        let part = try low.folder.bytes("two.tar")
        #expect(try high.fault(part, at: World.start + 300) == .missingBody)
        try high.take(full)
        #expect(try high.take(part, at: World.start + 300).isWhole)
        #expect(try high.kids(World.software, at: World.start + 310) == "CDF")
    }

    @Test("a new root, signed by the old one's keys too, changes the exporter")
    func rotation() throws {
        let (low, high) = (try LowSide(), try HighSide())
        try high.take(low.archive("one.tar").bytes)
        let next = try SigningKey.generate(.ecdsaP256)
        low.roots.append(try Holders.shared.root(version: 2, exporter: next))
        low.exporter = next
        let report = try high.take(low.archive("two.tar", at: World.start + 100).bytes, at: World.start + 200)
        #expect(report.newRoots == 1 && report.rootVersion == 2 && report.hasForgotten)
    }

    @Test("revoked keys are a union: an older set revokes, and takes nothing back")
    func union() throws {
        let (low, high) = (try LowSide(), try HighSide())
        try low.fetch(World.revoked, World.keys("D"), at: World.start - 30)
        let bytes = try low.archive().bytes
        try high.store.upsert(LowSide.seeds, at: World.start - 100)
        for (url, body) in [(World.software, World.keys("CD")), (World.revoked, World.keys("C"))] {
            let source = try #require(try high.store.source(url))
            _ = try high.store.accept(
                body: body,
                validators: Validators(),
                for: source,
                at: World.start - 5,
                anchors: World.anchors
            )
        }
        let report = try high.take(bytes)
        let outcomes = Dictionary(uniqueKeysWithValues: report.lines.map { ($0.url, $0.outcome) })
        #expect(outcomes[World.software] == .partiallyNewer && outcomes[World.revoked] == .partiallyNewer)
        #expect(try high.kids(World.software) == "")
    }

    @Test("what we fetched ourselves since stays, and lives by its own limits")
    func partiallyNewer() throws {
        let (low, high) = (try LowSide(), try HighSide())
        let bytes = try low.archive().bytes
        try high.store.upsert(LowSide.seeds, at: World.start - 100)
        let source = try #require(try high.store.source(World.software))
        _ = try high.store.accept(
            body: World.keys("CE"),
            validators: Validators(),
            for: source,
            at: World.start - 5,
            anchors: World.anchors
        )
        let report = try high.take(bytes)
        #expect(report.lines.first { $0.url == World.software }?.outcome == .partiallyNewer && report.isWhole)
        #expect(try high.kids(World.software) == "CE")
        #expect(try high.store.source(World.software)?.isOfBundle == false)
        #expect(try high.store.source(World.directory)?.isOfBundle == true)
    }

    @Test("what looks like an accident waits, as it would from a fetch")
    func poisoned() throws {
        let (low, high) = (try LowSide(), try HighSide())
        let archive = try low.archive()
        try high.take(archive.bytes)
        let change = Archive.Change(
            version: 2,
            created: World.start + 100,
            bodies: [World.directory: World.keys("GH")],
            fetchedAt: World.start + 90
        )
        let report = try high.take(archive.resigned(change).bytes, at: World.start + 200)
        #expect(report.lines.first { $0.url == World.directory }?.outcome == .poisoned && !report.isWhole)
        #expect(try high.kids(World.directory, at: World.start + 300) == "AB")
        let hold = try #require(try high.store.holds().first)
        _ = try high.store.acceptHold(
            hold.id,
            OperatorWord(by: "ops", why: "asked"),
            at: World.start + 400,
            anchors: World.anchors
        )
        // What was accepted counts as long as the bundle that brought it.
        #expect(try high.kids(World.directory, at: World.start + 30 * World.day) == "GH")
    }

    @Test("no bundle adds a directory this site does not name")
    func foreignDirectory() throws {
        let (low, high) = (try LowSide(), try HighSide())
        high.directories = ["https://elsewhere.example/openbanking.jwks"]
        let report = try high.take(low.archive().bytes)
        #expect(report.count(.foreignDirectory) == 1)
        #expect(try high.store.source(World.directory) == nil)
    }

    @Test("keys that left their sets are known for migrations")
    func history() throws {
        let (low, high) = (try LowSide(), try HighSide())
        try low.fetch(World.software, World.keys("D"), at: World.start - 30)
        let report = try high.take(low.archive().bytes)
        #expect(report.pastKeys == 1)
        let past = try high.store.historicKeys(url: World.software).first { $0.spkiSHA256 == World.spki("C") }
        let key = try #require(past)
        #expect(key.recordedState == .archived && key.periods.last?.toHigh == World.start - 30)
    }

    @Test("an operator's revocation crosses the gap")
    func orders() throws {
        let (low, high) = (try LowSide(), try HighSide())
        let order = RevocationOrder(
            .key(World.spki("C")),
            reason: .keyCompromise,
            OperatorWord(by: "ops", why: "call from the TPP")
        )
        _ = try low.store.revoke(order, at: World.start - 20)
        #expect(try high.take(low.archive().bytes).orders == 1)
        #expect(try high.kids(World.software) == "D")
    }
}
