import Crypto
import Foundation
import GRDB
import Testing

/// An import killed before each call that changes a file leaves what was there before, or all of the bundle.
@Suite("An import that is killed")
struct ImportCrashTests {
    /// How many calls of an import are tried; all with `COUNTERFOIL_AIRGAP=all`.
    static let limit = ProcessInfo.processInfo.environment["COUNTERFOIL_AIRGAP"] == "all" ? Int.max : 10

    @Test(
        "leaves the old state or the new one, and imports at the next try",
        .enabled(if: TracedRun.isPossible, "skipped: this machine does not let us trace")
    )
    func killed() throws {
        let gap = try GapSites()
        let first = try gap.carry("one.tar")
        try GapSites.expect(gap.high.run("bundle", "import", first, "--pin", gap.pin, "--as-of", Site.asOf), 0)
        let second = try gap.carry("two.tar", asOf: Self.later)
        let memory = try TemporaryFolder.inMemory()
        let old = try Self.state(of: try Self.copy(gap.high, to: memory, "old"))
        let undisturbed = try Self.copy(gap.high, to: memory, "new")
        let calls = try TracedRun(Self.command(undisturbed, second), at: undisturbed) { _ in .happens }
        try #require(calls.code == 0, "\(calls.errors)")
        let new = try Self.state(of: undisturbed)
        #expect(old != new)

        let last = calls.calls + 1
        let spread = (0..<min(Self.limit, last)).map { 1 + $0 * (last - 1) / max(1, min(Self.limit, last) - 1) }
        let points = Self.limit >= last ? Array(1...last) : spread
        var (before, after, bad): (Int, Int, [String]) = (0, 0, [])
        for point in points {
            let site = try Self.copy(gap.high, to: memory, "point")
            var reached: ChangingCall?
            _ = try TracedRun(Self.command(site, second), at: site) { call in
                guard call.number == point else { return .happens }
                reached = call
                return .kills
            }
            let state = try Self.state(of: site)
            switch state {
            case old: before += 1
            case new: after += 1
            default: bad.append("\(reached.map(\.description) ?? "no call") left a mix")
            }
            let next = try Program.run(Self.command(site, second), in: site.messages)
            if next.code != 0 { bad.append("after \(point): \(next.errors)") }
            if try Self.state(of: site) != new { bad.append("after \(point) the next import made something else") }
            try FileManager.default.removeItem(atPath: site.root)
        }
        // The last point is behind the last call: the import that is not killed.
        let counts = "\(before) old, \(after) new, \(bad.count) bad"
        print("bar: import killed before \(points.count - 1) of its \(calls.calls) calls, and not at all: \(counts)")
        #expect(bad.isEmpty, "\(bad)")
        #expect(before > 0 && after > 0)
    }

    private static let later = "2026-11-22T01:00:00Z"

    private static func command(_ site: CrashSite, _ file: String) -> [String] {
        ["bundle", "import", "\(site.root)/\(file)", "--config", "\(site.root)/counterfoil.yaml", "--as-of", later]
    }

    private static func copy(_ site: Site, to folder: TemporaryFolder, _ name: String) throws -> CrashSite {
        try Tool.run("cp", "-a", site.folder.path, "\(folder.path)/\(name)", in: folder)
        return CrashSite(root: "\(folder.path)/\(name)", messages: folder)
    }

    /// A digest of every row of every table.
    private static func state(of site: CrashSite) throws -> String {
        let queue = try DatabaseQueue(path: "\(site.root)/state/cache.sqlite")
        defer { try? queue.close() }
        return try queue.read { db in
            #expect(try String.fetchAll(db, sql: "PRAGMA integrity_check") == ["ok"])
            let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"
            let tables = try String.fetchAll(db, sql: sql)
            var text = ""
            for table in tables {
                for row in try Row.fetchAll(db, sql: "SELECT * FROM \"\(table)\"") {
                    text += "\(table) \(row.databaseValues.map(\.description).joined(separator: "|"))\n"
                }
            }
            return SHA256Digest.of(text).hex
        }
    }
}
