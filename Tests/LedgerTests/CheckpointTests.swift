import Foundation
import GRDB
import Glibc
import Ledger
import Testing

@Suite("Ledger: the log is moved beside the commits")
struct CheckpointTests {
    typealias Fixture = TemporaryLedger

    private static func options(pages: Int) -> LedgerOptions {
        var options = LedgerOptions()
        options.logPages = pages
        return options
    }

    private static func log(_ fixture: Fixture) throws -> Int {
        try Data(contentsOf: URL(fileURLWithPath: fixture.path + "-wal")).count / (fixture.pageSize + 24)
    }

    @Test("however fast groups come and however slow the disk is, the log stays within twice what is worth moving")
    func bounded() throws {
        let fixture = try Fixture()
        // Longer than the log in which the tables are made.
        let ledger = try fixture.open(Self.options(pages: 300))
        var longest = 0
        for number in 0..<250 {
            _ = try ledger.decide(Fixture.request("r\(number)", jti: "j\(number)"))
            longest = max(longest, try Self.log(fixture))
        }
        // A group of one takes a dozen pages; the whole would be thousands.
        #expect(longest < 2 * 300 + 30, "\(longest) pages")
        for number in 0..<250 {
            #expect(try ledger.decide(Fixture.request("r\(number)", jti: "j\(number)")).prior != nil)
        }
        // What was moved is in the database itself, and whole.
        try ledger.checkpoint()
        let copy = try Fixture()
        try Data(contentsOf: URL(fileURLWithPath: fixture.path)).write(to: URL(fileURLWithPath: copy.path))
        #expect(try copy.number("SELECT count(*) FROM request") == 250)
        #expect(try copy.number("SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'") == 1)
    }

    @Test("a reader that holds an old state delays the log's new begin, and loses nothing of what it sees")
    func reader() throws {
        let fixture = try Fixture()
        let ledger = try fixture.open(Self.options(pages: 20))
        _ = try ledger.decide(Fixture.request("first", jti: "first"))
        let other = try DatabaseQueue(path: fixture.path)
        try other.inDatabase { db in
            try db.execute(sql: "BEGIN; SELECT count(*) FROM request")
            for number in 0..<60 { _ = try ledger.decide(Fixture.request("r\(number)")) }
            #expect(try Int.fetchOne(db, sql: "SELECT count(*) FROM request") == 1)
            try db.execute(sql: "COMMIT")
        }
        let before = try Self.log(fixture)
        for number in 0..<60 { _ = try ledger.decide(Fixture.request("s\(number)")) }
        #expect(try Self.log(fixture) <= before + 60, "the log began anew")
        #expect(try ledger.summary(at: Fixture.now).ever.accepted == 121)
    }

    @Test("another process that holds the checkpoint is waited out, not a fault", arguments: [1, 20])
    func other(_ pages: Int) throws {
        let fixture = try Fixture()
        let one = try fixture.open(Self.options(pages: pages))
        let two = try fixture.open(Self.options(pages: pages))
        for number in 0..<40 {
            _ = try one.decide(Fixture.request("a\(number)"))
            _ = try two.decide(Fixture.request("b\(number)"))
        }
        #expect(try one.summary(at: Fixture.now).ever.accepted == 80)
    }

    @Test("where the database cannot be written beside the commits, the next group says so")
    func failed() throws {
        let fixture = try Fixture()
        let ledger = try fixture.open(Self.options(pages: 1))
        _ = try ledger.decide(Fixture.request("first"))
        try FileManager.default.moveItem(atPath: fixture.path, toPath: fixture.path + ".away")
        #expect(throws: LedgerError.cannotOpen(path: fixture.path)) {
            for number in 0..<1000 { _ = try ledger.decide(Fixture.request("r\(number)")) }
        }
        #expect(!FileManager.default.fileExists(atPath: fixture.path), "none is made in its place")
        try FileManager.default.moveItem(atPath: fixture.path + ".away", toPath: fixture.path)
    }

    /// What stands in the way of a second connection where the log is.
    enum Obstacle: CaseIterable, Sendable { case folder, onlyReadable }

    @Test(
        "where the log cannot be opened beside the commits, the next group says so, and that it will pass",
        arguments: Obstacle.allCases
    )
    func log(_ obstacle: Obstacle) throws {
        let fixture = try Fixture()
        let ledger = try fixture.open(Self.options(pages: 1))
        let log = fixture.path + "-wal"
        let way: () -> Void
        switch obstacle {
        case .folder:
            try FileManager.default.moveItem(atPath: log, toPath: log + ".away")
            try FileManager.default.createDirectory(atPath: log, withIntermediateDirectories: false)
            way = {
                rmdir(log)
                rename(log + ".away", log)
            }
        case .onlyReadable:
            guard let end = Self.makeReadable(log) else {
                return print("skipped: nothing can be mounted here, and root may write to every file")
            }
            way = end
        }
        defer { way() }
        #expect(throws: LedgerError.cannotOpen(path: fixture.path)) {
            for number in 0..<1000 { _ = try ledger.decide(Fixture.request("r\(number)")) }
        }
        way()
        #expect(try ledger.decide(Fixture.request("last")).prior == nil)
        #expect(try ledger.decide(Fixture.request("r0")).prior != nil)
    }

    /// Makes a file one that can only be read, which is harder for root; what takes it back.
    private static func makeReadable(_ path: String) -> (() -> Void)? {
        guard geteuid() == 0 else { return chmod(path, 0o400) == 0 ? { chmod(path, 0o600) } : nil }
        guard mount(path, path, nil, 0x1000 /* MS_BIND */, nil) == 0 else { return nil }
        // MS_BIND, MS_REMOUNT, MS_RDONLY
        guard mount(path, path, nil, 0x1021, nil) == 0 else {
            umount2(path, 2)
            return nil
        }
        return { umount2(path, 2 /* MNT_DETACH */) }
    }

    @Test("a ledger that is only read has no log to move")
    func readOnly() throws {
        let fixture = try Fixture()
        _ = try fixture.open()
        #expect(throws: LedgerError.readOnly) { try Ledger.openReadOnly(fixture.path).checkpoint() }
    }
}
