import Encoding
import Fetch
import KeyCache
import Operations
import Testing

@testable import Refresh

@Suite("The age of a mirror")
struct MirrorAgeTests {
    private static let url = "https://keystore.test/org/soft.jwks"
    private static let file = "mirror/keystore.test/org/soft.jwks"
    private static let start = RefreshFixture.start

    struct Row: CustomTestStringConvertible, Sendable {
        var name: String
        /// Seconds before the import, as each of the three says; nil where it says nothing.
        var tree: Int64?
        var beside: Int64?
        var operatorSays: Int64?
        var code: String?
        /// The seconds before the import that the source counts as fetched at.
        var age: Int64?
        var testDescription: String { name }
    }

    static let rows = [
        Row(name: "nobody says: now", age: 0), Row(name: "the tree says", tree: 3600, age: 3600),
        Row(name: "the file says", beside: 60, age: 60), Row(name: "the operator says", operatorSays: 7200, age: 7200),
        Row(name: "the oldest counts", tree: 60, beside: 7200, operatorSays: 600, age: 7200),
        Row(name: "just usable", tree: 24 * 3600 - 1, age: 24 * 3600 - 1),
        Row(name: "too old", tree: 24 * 3600, code: "copy_too_old"),
        Row(name: "within the clock skew", tree: -60, age: 0),
        Row(name: "in the future", tree: -61, code: "copy_from_future"),
    ]

    private func pass(_ fixture: RefreshFixture, fetchedAt: UnixTime? = nil) -> RefreshPass {
        let mirror = MirrorReader(
            root: "\(fixture.folder.path)/mirror",
            settings: fixture.settings,
            fetchedAt: fetchedAt
        )
        return RefreshPass(
            store: fixture.store,
            anchors: fixture.anchors,
            route: .mirror(mirror),
            clock: .fixed(fixture.now),
            jitter: { 0.5 }
        )
    }

    @Test("counts from the fetch, not from the import", arguments: rows)
    func ages(_ row: Row) throws {
        let fixture = try RefreshFixture()
        try fixture.add(Self.url, .software, software: "soft")
        try fixture.folder.write(Self.file, TestKeys.ab)
        if let age = row.tree {
            try fixture.folder.write("mirror/.fetched_at", Timestamp.rfc3339(Self.start - age) + "\n")
        }
        if let age = row.beside {
            try fixture.folder.write(Self.file + ".fetched_at", Timestamp.rfc3339(Self.start - age))
        }
        let report = try pass(fixture, fetchedAt: row.operatorSays.map { Self.start - $0 }).run(.due)
        #expect(report.lines.map(\.code) == [row.code], "\(report.lines.first?.reason ?? "")")
        #expect(report.undated == (row.tree == nil && row.beside == nil && row.operatorSays == nil ? 1 : 0))
        let source = try #require(try fixture.store.source(Self.url))
        #expect(source.lastSuccess == row.age.map { Self.start - $0 })
        #expect(source.usableUntil == row.age.map { Self.start - $0 + 24 * 3600 })
        if row.age != nil { #expect(source.nextDue == Self.start + 442) }
    }

    @Test("that is older than what is in use changes nothing, not even the plan")
    func older() throws {
        let fixture = try RefreshFixture()
        try fixture.add(Self.url, .software, software: "soft")
        try fixture.folder.write(Self.file, TestKeys.ab)
        _ = try pass(fixture).run(.due)
        let before = try fixture.store.source(Self.url)
        fixture.now += 900
        try fixture.folder.write(Self.file, TestKeys.set([TestKeys.c]))
        let report = try pass(fixture, fetchedAt: Self.start - 1).run(.due)
        #expect(report.lines.map(\.code) == ["copy_older"])
        #expect(try fixture.store.source(Self.url) == before)
        #expect(try fixture.isUsable("A", at: Self.url))
    }

    @Test(
        "that cannot be read keeps the body out",
        arguments: ["yesterday", "", "2026-11-22", "1795341600", "x 2026-11-22T10:00:00Z"]
    )
    func unreadable(text: String) throws {
        let fixture = try RefreshFixture()
        try fixture.add(Self.url, .software, software: "soft")
        try fixture.folder.write(Self.file, TestKeys.ab)
        try fixture.folder.write("mirror/.fetched_at", text)
        #expect(try pass(fixture).run(.due).lines.map(\.code) == ["mirror_time"])
    }
}
