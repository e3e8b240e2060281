import Encoding
import JOSE
import PKIX
import Testing

@testable import KeyCache

@Suite("The snapshot in use")
struct SnapshotCellTests {
    let later = World.start + World.hour

    @Test("follows what another handle writes")
    func follows() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        let reader = try KeyStore.openReadOnly(path: cache.path)
        let cell = try SnapshotCell(store: reader, anchors: World.anchors, at: World.start)
        #expect(cell.snapshot.keySet(source.url) == nil)
        #expect(try !cell.reloadIfChanged(at: World.start))
        try cache.accept(Body.keys("A"), for: source)
        let held = cell.snapshot
        #expect(try cell.reloadIfChanged(at: World.start))
        #expect(cell.snapshot.keySet(source.url)?.keys.count == 1)
        #expect(held.keySet(source.url) == nil, "who holds a snapshot sees one world")
        #expect(try !cell.reloadIfChanged(at: World.start))
    }

    @Test("a confirmation moves the times, not the generation")
    func confirmation() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        try cache.accept(Body.keys("A"), for: source)
        let cell = try SnapshotCell(store: cache.store, anchors: World.anchors, at: World.start)
        let before = cell.snapshot
        _ = try cache.store.notModified(source, at: later)
        #expect(try cell.reloadIfChanged(at: later))
        #expect(cell.snapshot.generation == before.generation)
        #expect(cell.snapshot.keySet(source.url)?.fetchedAt == later)
        #expect(cell.snapshot.keySet(source.url)?.keys.first === before.keySet(source.url)?.keys.first)
    }

    @Test("a failed fetch is no news to a reader")
    func failure() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        let cell = try SnapshotCell(store: cache.store, anchors: World.anchors, at: World.start)
        try cache.store.failed(source, error: "timeout", at: later)
        #expect(try !cell.reloadIfChanged(at: later))
    }

    @Test("new anchors are news")
    func anchors() throws {
        let cache = try TemporaryStore()
        let cell = try SnapshotCell(store: cache.store, anchors: World.anchors, at: World.start)
        #expect(try cell.reloadIfChanged(at: World.start, anchors: World.otherAnchors))
        #expect(cell.snapshot.anchors.digest == World.otherAnchors.digest)
        #expect(try !cell.reloadIfChanged(at: World.start, anchors: World.otherAnchors))
    }

    @Test("a snapshot is settled where it is not small")
    func settles() throws {
        let cache = try TemporaryStore()
        for number in 0..<3 {
            try cache.accept(Body.keys("A"), for: cache.source(url: "https://k/\(number).jwks"))
        }
        let snapshot = try cache.snapshot()
        #expect(snapshot.addresses.count == snapshot.sets.count + 3 + snapshot.certificates.count)
        #expect(snapshot.sets.count == 3 && !snapshot.addresses.contains(0))
        #expect(snapshot.settle() == nil && snapshot.settle(from: 3) != nil)
    }
}
