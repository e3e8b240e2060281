import Encoding
import GRDB
import Testing

@testable import KeyCache

/// A cache that an earlier version made, from the moment on that this one opened it.
@Suite("Past states of an older cache")
struct ReplayMigrationTests {
    private let minute = World.minute

    /// Takes away what this version added, as if an earlier one had made the file.
    private func age(_ path: String) throws {
        try DatabaseQueue(path: path).write { db in
            try db.execute(
                sql: """
                    DROP TABLE vetting_past; DROP TABLE fetch_day; DROP TABLE bundle_life; DROP TABLE anchor_set;
                    DROP INDEX revocation_list_source;
                    ALTER TABLE generation DROP COLUMN pulse;
                    ALTER TABLE revocation DROP COLUMN generation_to;
                    ALTER TABLE revocation_list DROP COLUMN generation_from;
                    ALTER TABLE revocation_list DROP COLUMN generation_to;
                    ALTER TABLE revocation_list DROP COLUMN change;
                    DELETE FROM meta WHERE name LIKE 'replay%';
                    DELETE FROM grdb_migrations WHERE identifier = 'past states'
                    """
            )
        }
    }

    @Test("is told as it was then; what was before is not, and says so")
    func told() throws {
        let cache = try TemporaryStore()
        let (source, list) = (try cache.source(), try cache.source(.crl))
        try cache.accept(Body.keys("AB"), for: source)
        try cache.accept(World.list(), for: list)
        let first = try cache.snapshot().state
        try cache.accept(World.list(number: 2, thisUpdate: World.start + 60), for: list, at: World.start + minute)
        try cache.accept(Body.keys("A"), for: source, at: World.start + minute)
        let then = World.start + minute
        let known = try cache.snapshot(at: then)
        let portrait = Portrait.of(known, at: then)
        try cache.store.close()
        try age(cache.path)
        #expect(throws: KeyStoreError.schemaTooOld(path: cache.path)) {
            try KeyStore.openReadOnly(path: cache.path)
        }
        let store = try KeyStore.open(path: cache.path)
        let anchors = World.anchors
        _ = try store.accept(
            body: Body.keys("AC"),
            validators: Validators(),
            for: try #require(try store.source(source.url)),
            at: World.start + 2 * minute,
            anchors: anchors
        )
        let again = try Snapshot.load(store, anchors: anchors, in: known.state, at: then)
        #expect(Portrait.of(again, at: then) == portrait)
        #expect(throws: KeyStoreError.notKept(first.generation, first: known.generation)) {
            try Snapshot.load(store, anchors: anchors, in: first, at: World.start)
        }
        #expect(throws: KeyStoreError.notKept(1, first: known.generation)) { try store.state(of: 1) }
        try store.close()
    }
}
