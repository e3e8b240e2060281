import Crypto
import Encoding
import Fetch
import GRDB
import Glibc
import JOSE
import PKIX
import Testing

@testable import KeyCache
@testable import Refresh

/// Fault F47: the disk of the cache.
///
/// Errors are ours, typed, and never cost what was good.
@Suite("Faults of the disk")
struct DiskFaultTests {
    /// A store on a small disk of its own, or in a folder, with the good set accepted.
    private final class Place {
        let folder = World.sure { try TemporaryFolder() }
        let authority = World.sure { try TestAuthority() }
        let url = "https://keystore.test/org/soft.jwks"
        private(set) var isMounted = false

        var path: String { "\(folder.path)/disk/cache.sqlite" }
        var anchors: TrustAnchors { World.sure { try TrustAnchors.load([Array(authority.certificate.utf8)]) } }

        init() { folder.makeFolder("disk") }

        deinit { if isMounted { umount2("\(folder.path)/disk", 2 /* MNT_DETACH */) } }

        /// A file system of this many kilobytes, where we may mount one.
        func mountSmall(kilobytes: Int) -> Bool {
            isMounted = mount("tmpfs", "\(folder.path)/disk", "tmpfs", 0, "size=\(kilobytes)k") == 0
            return isMounted
        }

        func fill() throws {
            let file = open("\(folder.path)/disk/fill", O_WRONLY | O_CREAT, 0o600)
            try #require(file >= 0)
            defer { Glibc.close(file) }
            let block = [UInt8](repeating: 0, count: 4096)
            while Glibc.write(file, block, block.count) > 0 {}
            #expect(errno == ENOSPC)
        }

        func makeReadOnly() { mount("tmpfs", "\(folder.path)/disk", "tmpfs", 0x21 /* MS_REMOUNT, MS_RDONLY */, nil) }

        func store(patience: Double = 10) throws -> KeyStore {
            var settings = CacheSettings()
            settings.patience = patience
            return try KeyStore.open(path: path, settings: settings)
        }

        /// The store with the good set accepted.
        func prepared(patience: Double = 10) throws -> KeyStore {
            let store = try store(patience: patience)
            let seed = SourceSeed(
                url: url,
                class: .software,
                organisationID: "org",
                softwareID: "soft",
                origin: .configuration
            )
            try store.upsert([seed], at: RefreshFixture.start)
            _ = try accept(FaultBench.good, store)
            return store
        }

        func accept(_ body: String, _ store: KeyStore) throws -> AcceptOutcome {
            let source = try #require(try store.source(url))
            return try store.accept(
                body: Array(body.utf8),
                validators: Validators(),
                for: source,
                at: RefreshFixture.start,
                anchors: anchors
            )
        }

        /// The file as it is; the store must be closed.
        func bytes() throws -> [UInt8] {
            let file = open(path, O_RDONLY)
            try #require(file >= 0)
            defer { Glibc.close(file) }
            var bytes = [UInt8](repeating: 0, count: Int(lseek(file, 0, SEEK_END)))
            try #require(pread(file, &bytes, bytes.count, 0) == bytes.count)
            return bytes
        }

        /// Puts these bytes in the file's place, without a log beside it.
        func write(_ bytes: [UInt8]) throws {
            for end in ["-wal", "-shm"] { unlink(path + end) }
            try folder.write("disk/cache.sqlite", bytes)
        }

        func openAndClose() throws(KeyStoreError) { try KeyStore.open(path: path).close() }

        /// The last good key verifies a real signature out of what `store` holds.
        func expectGood(_ store: KeyStore, sourceLocation: SourceLocation = #_sourceLocation) throws {
            let snapshot = try Snapshot.load(store, anchors: anchors, at: RefreshFixture.start)
            let set = try #require(snapshot.keySet(url), sourceLocation: sourceLocation)
            _ = try JWS.verify(FaultBench.sign(), keys: set, allowed: [.ES256])
            let source = try #require(try store.source(url))
            let digest = try #require(source.bodySHA256)
            let body = try store.file.read { try BodyTable.bytes($0, digest: digest) }
            #expect(body == Array(FaultBench.good.utf8), sourceLocation: sourceLocation)
        }
    }

    static let canMount: Bool = {
        let place = Place()
        return geteuid() == 0 && place.mountSmall(kilobytes: 64)
    }()

    /// A set so large that no small disk has room for it.
    private static let large = BodyFaultTests.with("\"" + String(repeating: "x", count: 900_000) + "\"")

    @Test("F47 no room left: full, nothing changed, and on it goes once there is room", .enabled(if: canMount))
    func full() throws {
        let place = Place()
        try #require(place.mountSmall(kilobytes: 1024))
        let store = try place.prepared()
        try place.fill()
        #expect(throws: KeyStoreError.full) { try place.accept(Self.large, store) }
        try place.expectGood(store)
        place.folder.delete("disk/fill")
        #expect(try place.accept(FaultBench.good, store) == .unchanged)
        try place.expectGood(store)
    }

    @Test("F47 no room left in the file: full, nothing changed")
    func limited() throws {
        let place = Place()
        let store = try place.prepared()
        try store.file.write(.full) { db in
            let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
            try db.execute(sql: "PRAGMA max_page_count = \(pages + 1)")
        }
        #expect(throws: KeyStoreError.full) { try place.accept(Self.large, store) }
        try place.expectGood(store)
    }

    @Test("F47 a disk that is read-only, or became so", .enabled(if: canMount))
    func readOnly() throws {
        let place = Place()
        try #require(place.mountSmall(kilobytes: 1024))
        let store = try place.prepared()
        try store.close()
        place.makeReadOnly()
        let error = #expect(throws: KeyStoreError.self) {
            let store = try place.store()
            _ = try place.accept(Self.large, store)
        }
        #expect(["cache.read_only", "cache.cannot_open"].contains(error?.code))
    }

    @Test("F47 a store opened for reading")
    func reader() throws {
        let place = Place()
        _ = try place.prepared()
        let reader = try KeyStore.openReadOnly(path: place.path)
        #expect(throws: KeyStoreError.readOnly) { try place.accept(FaultBench.good, reader) }
        try place.expectGood(reader)
    }

    @Test("F47 locked by another for longer than we wait: busy, nothing changed, readers go on")
    func locked() throws {
        let place = Place()
        let store = try place.prepared(patience: 0.05)
        let other = try place.store()
        try other.file.write(.normal) { db in
            try db.execute(sql: "UPDATE meta SET value = value")
            #expect(throws: KeyStoreError.busy) { try place.accept(Self.large, store) }
            try place.expectGood(store)
        }
        #expect(try place.accept(FaultBench.good, store) == .unchanged)
    }

    @Test("F47 a damaged page: the start refuses, and says so")
    func corrupt() throws {
        let place = Place()
        let store = try place.prepared()
        try store.close()
        let queue = try DatabaseQueue(path: place.path)
        try queue.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
        try queue.close()
        // Every page but the first in turn: none may go unnoticed, if it holds anything.
        let whole = try place.bytes()
        let pages = whole.count / 4096
        try #require(pages > 20)
        var noticed = 0
        for page in 1..<pages {
            var damaged = whole
            for offset in 0..<64 { damaged[page * 4096 + offset] ^= 0xFF }
            try place.write(damaged)
            do throws(KeyStoreError) {
                try place.openAndClose()
            } catch {
                noticed += 1
                #expect(error.code == "cache.corrupt", "page \(page): \(error)")
            }
        }
        #expect(noticed == pages - 1)
        try place.write(whole)
        try place.expectGood(try place.store())
    }
}
