import Encoding
import Testing

@testable import Spool

@Suite("A committed result whose name other bytes have")
struct KeepingApartTests {
    static let now = TemporarySpool.now
    static let day = TemporarySpool.day
    static let name = "x.5f0c3e1ab2d4c6f7.accepted.json"
    static let kept = "failed/conflict/\(name)"

    /// A spool with a staged result and other bytes where it belongs.
    private func place() throws -> (TemporarySpool, Spool) {
        let place = try TemporarySpool()
        let spool = try place.open()
        try place.folder("results/\(Self.day)")
        try place.write("results/\(Self.day)/\(Self.name)", "other")
        try spool.stage(Self.name, ByteSlice("own"))
        return (place, spool)
    }

    private func keep(_ spool: Spool, at now: UnixTime = now) throws -> String? {
        try spool.keepApart(Self.name, as: Self.name, day: Self.day, at: now)
    }

    /// Where a stop comes.
    enum Step: Int, CaseIterable, Sendable { case nothing, begun, noticeCutOff, linked, linkedWithoutNotice, finished }

    @Test("is kept once, with its notice and its mode, wherever a stop came between", arguments: Step.allCases)
    func stopped(_ step: Step) throws {
        let (place, spool) = try place()
        let way = try SettingAside(spool, .conflict, as: Self.name)
        switch step {
        case .nothing: break
        case .begun: #expect(try way.begin(ByteSlice("{}"), isDurable: true))
        case .noticeCutOff: #expect(try way.begin(ByteSlice("{"), isDurable: false))
        case .linked, .linkedWithoutNotice:
            #expect(try way.begin(ByteSlice(step == .linked ? "{}" : ""), isDurable: true))
            #expect(try way.linkFile(Self.name, from: spool.folders.staging) == .done)
        case .finished: #expect(try keep(spool) == Self.kept)
        }
        for time in [Self.now + 60, Self.now + 120] { #expect(try keep(spool, at: time) == Self.kept) }
        #expect(place.tree("failed") == [Self.kept, Self.kept + ".reason.json"])
        #expect(place.text(Self.kept) == "own")
        #expect(place.text("staging/\(Self.name)") == "own")
        #expect(place.status(Self.kept)?.mode == 0o640)
        #expect(place.text("results/\(Self.day)/\(Self.name)") == "other")
    }

    @Test("beside another that was kept under its name it gets a numbered one")
    func numbered() throws {
        let (place, spool) = try place()
        #expect(try keep(spool) == Self.kept)
        try spool.removeStaged(Self.name)
        try spool.stage(Self.name, ByteSlice("third"))
        for _ in 1...2 { #expect(try keep(spool) == Self.kept + "~2") }
        #expect(place.text(Self.kept) == "own")
        #expect(place.text(Self.kept + "~2") == "third")
        #expect(place.names("failed/conflict").count == 4)
    }

    @Test("what another thread is setting aside meanwhile is left to it")
    func beside() throws {
        let (place, spool) = try place()
        try place.write("incoming/empty.jwt", "")
        let way = try SettingAside(spool, .incomplete, as: "empty.jwt")
        #expect(try way.begin(ByteSlice("{}"), isDurable: false))
        #expect(try keep(spool) == Self.kept)
        #expect(place.text("failed/.incomplete.empty.jwt") == "{}")
        #expect(try spool.folders.incoming.move("empty.jwt", to: way.target, as: "empty.jwt") == .done)
        #expect(try keep(spool) == Self.kept)
        try way.finish()
        #expect(place.names("failed/incomplete").sorted() == ["empty.jwt", "empty.jwt.reason.json"])
    }

    @Test("what is not staged is not kept")
    func missing() throws {
        let (place, spool) = try place()
        try spool.removeStaged(Self.name)
        #expect(try keep(spool) == nil)
        #expect(place.tree("failed").allSatisfy { !$0.contains(Self.name) })
    }

    @Test("it goes with results nobody took, never with other files set aside", arguments: [nil, 7, 6] as [Int64?])
    func retention(_ unconsumed: Int64?) throws {
        let (place, spool) = try place()
        _ = try keep(spool)
        var rules = Retention()
        rules.failed = KeepBounds(age: 1, bytes: 1, files: 1)
        rules.unconsumed = unconsumed
        let since = try #require(place.status(Self.kept)).changedAt
        _ = try SpoolUpkeep(place.root).sweep(rules, at: since + 6, isRehearsal: false) { _, _ in }.run([.failed])
        #expect(place.names("failed/conflict").isEmpty == (unconsumed == 6))
    }

    @Test("an operator lets it appear once its name is free")
    func appears() throws {
        let (place, spool) = try place()
        _ = try keep(spool)
        try spool.removeStaged(Self.name)
        let upkeep = try SpoolUpkeep(place.root)
        let path = "results/\(Self.day)/\(Self.name)"
        #expect(try upkeep.retry("conflict/\(Self.name)") == .refused(.taken(path)))
        #expect(place.text(Self.kept) == "own")
        #expect(try spool.folders.results.folder(Self.day).remove(Self.name))
        #expect(try upkeep.retry(Self.name) == .appeared(path))
        #expect(place.text(path) == "own")
        #expect(place.status(path)?.mode == 0o640)
        #expect(place.names("failed/conflict") == [])
        #expect(place.names("incoming") == [])
    }

    /// A notice that does not say where the result belongs.
    struct NoPlace: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let name: String
    }

    @Test(
        "without a place that its notice names it stays where it is",
        arguments: [
            NoPlace(testDescription: "another folder", name: "incoming/\(day)/\(name)"),
            NoPlace(testDescription: "a folder above", name: "results/../\(name)"),
            NoPlace(testDescription: "a day that is gone", name: "results/2026-11-20/\(name)"),
            NoPlace(testDescription: "the name alone", name: name),
        ]
    )
    func noPlace(_ row: NoPlace) throws {
        let (place, spool) = try place()
        _ = try keep(spool)
        try place.write(Self.kept + ".reason.json", "{\"name\":\"\(row.name)\"}\n")
        #expect(try SpoolUpkeep(place.root).retry("conflict/\(Self.name)") == .refused(.noPlace))
        #expect(place.text(Self.kept) == "own")
    }
}
