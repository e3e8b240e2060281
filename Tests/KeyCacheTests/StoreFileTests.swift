import Crypto
import Encoding
import Foundation
import GRDB
import JOSE
import PKIX
import Testing

@testable import KeyCache

@Suite("The file of the store")
struct StoreFileTests {
    @Test("everything is there after a restart")
    func reopened() throws {
        let cache = try TemporaryStore()
        let (source, crl, revoked) = (try cache.source(), try cache.source(.crl), try cache.source(.softwareRevoked))
        let der = World.certificate("A")
        try cache.accept(Body.set([Body.key("A", certificate: der), Body.key("B")]), for: source)
        try cache.accept(World.list(), for: crl)
        try cache.accept(Body.keys("C"), for: revoked)
        try cache.store.recordWanted([WantedKey(url: source.url, kid: "X", since: World.start)])
        let before = try cache.snapshot()
        let sources = try cache.store.allSources()
        try cache.store.close()
        let again = try KeyStore.open(path: cache.path)
        let after = try Snapshot.load(again, anchors: World.anchors, at: World.start)
        #expect(try again.allSources() == sources)
        #expect(try again.wanted().map(\.kid) == ["X"])
        #expect(after.generation == before.generation)
        #expect(after.keySet(source.url)?.keys.map(\.kid) == before.keySet(source.url)?.keys.map(\.kid))
        #expect(after.certificate(.of(der))?.chainRecord == before.certificate(.of(der))?.chainRecord)
        #expect(after.listStatuses.first?.issuer == before.listStatuses.first?.issuer)
        #expect(after.revokedAt(spki: World.spki("C"), organisation: ByteSlice("org"), software: nil) == World.start)
        #expect(try again.firstBrokenEvent() == nil)
    }

    @Test("a reader sees one state while the writer goes on")
    func readerAndWriter() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        let reader = try KeyStore.openReadOnly(path: cache.path)
        for step in 1...20 {
            try cache.accept(Body.keys(step % 2 == 0 ? "AB" : "AC"), for: source, at: World.start + Int64(step))
            let summary = try reader.summary(at: World.start + Int64(step))
            #expect(summary.generation == step)
            #expect(summary.keys.usable == 2)
        }
    }

    @Test(
        "a new store has the rights its folder asks for, whatever the umask",
        arguments: [(0o700, 0o600), (0o755, 0o600), (0o770, 0o600), (0o2750, 0o600), (0o2770, 0o660)]
    )
    func rights(_ folder: Int, _ file: Int) throws {
        let place = FileManager.default.temporaryDirectory.appendingPathComponent("rights-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: place) }
        chmod(place.path, mode_t(folder))
        let path = place.appendingPathComponent("cache.sqlite").path
        let store = try KeyStore.open(path: path)
        for name in [path, path + "-wal", path + "-shm"] {
            let mode = try FileManager.default.attributesOfItem(atPath: name)[.posixPermissions] as? NSNumber
            #expect(mode?.intValue == file, "\(name)")
        }
        try store.close()
    }

    @Test("a reader opens a store at rest")
    func atRest() throws {
        let cache = try TemporaryStore()
        try cache.accept(Body.keys("A"), for: try cache.source())
        try cache.store.close()
        let reader = try KeyStore.openReadOnly(path: cache.path)
        #expect(try reader.summary(at: World.start).keys.usable == 1)
    }

    @Test("a reader cannot write")
    func readOnly() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        let reader = try KeyStore.openReadOnly(path: cache.path)
        #expect(throws: KeyStoreError.readOnly) { try reader.failed(source, error: "timeout", at: World.start) }
    }

    struct Unopenable: CustomTestStringConvertible, Sendable {
        let name: String
        let content: String?
        let readOnly: Bool
        var testDescription: String { name }
    }

    @Test(
        "what is no cache is not opened",
        arguments: [
            Unopenable(name: "no file, for reading", content: nil, readOnly: true),
            Unopenable(name: "an empty file, for reading", content: "", readOnly: true),
            Unopenable(name: "text", content: String(repeating: "not a database ", count: 100), readOnly: false),
            Unopenable(
                name: "text, for reading",
                content: String(repeating: "not a database ", count: 100),
                readOnly: true
            ),
        ]
    )
    func unopenable(_ row: Unopenable) throws {
        let cache = try TemporaryStore()
        let path = cache.folder.appendingPathComponent("other.sqlite").path
        if let content = row.content { try content.write(toFile: path, atomically: false, encoding: .utf8) }
        let error = #expect(throws: KeyStoreError.self) {
            _ = try row.readOnly ? KeyStore.openReadOnly(path: path) : KeyStore.open(path: path)
        }
        #expect(error?.code == "cache.cannot_open")
    }

    @Test("a file of a later version is not touched", arguments: [true, false])
    func superseded(_ readOnly: Bool) throws {
        let cache = try TemporaryStore()
        try cache.store.file.write(.full) { db in
            try db.execute(sql: "INSERT INTO grdb_migrations(identifier) VALUES ('99 from the future')")
        }
        #expect(throws: KeyStoreError.schemaTooNew(path: cache.path)) {
            _ = try readOnly ? KeyStore.openReadOnly(path: cache.path) : KeyStore.open(path: cache.path)
        }
    }

    @Test("what goes wrong half-way leaves nothing behind")
    func atomic() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        try cache.accept(Body.keys("A"), for: source)
        let before = try cache.store.summary(at: World.start)
        try cache.store.file.write(.full) { db in
            try db.execute(
                sql: """
                    CREATE TRIGGER broken BEFORE UPDATE OF content_generation ON source
                    BEGIN SELECT RAISE(ABORT, 'broken'); END
                    """
            )
        }
        #expect(throws: KeyStoreError.self) { try cache.accept(Body.keys("ABC"), for: source, at: World.start + 60) }
        #expect(try cache.store.summary(at: World.start) == before)
        #expect(try cache.snapshot().keySet(source.url)?.keys.count == 1)
    }

    @Test("every table is strict and every foreign key holds")
    func schema() throws {
        let cache = try TemporaryStore()
        try cache.accept(Body.set([Body.key("A", certificate: World.certificate("A"))]), for: try cache.source())
        try cache.store.file.read { db in
            let loose = try String.fetchAll(
                db,
                sql: "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT strict"
            )
            #expect(Set(loose) == ["grdb_migrations", "sqlite_schema"])
            #expect(try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").isEmpty)
            #expect(try String.fetchOne(db, sql: "PRAGMA journal_mode") == "wal")
        }
    }
}
