import Crypto
import Encoding
import Foundation
import JOSE
import PKIX

@testable import KeyCache

/// A store in a folder of its own, which goes with it.
final class TemporaryStore {
    let folder: URL
    let store: KeyStore

    /// Opens a new store; in memory-backed storage where there is one, so that syncs cost nothing.
    init(settings: CacheSettings = CacheSettings()) throws {
        let shared = URL(fileURLWithPath: "/dev/shm")
        let base =
            FileManager.default.isWritableFile(atPath: shared.path) ? shared : FileManager.default.temporaryDirectory
        folder = base.appendingPathComponent("counterfoil-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        store = try KeyStore.open(path: folder.appendingPathComponent("cache.sqlite").path, settings: settings)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    var path: String { folder.appendingPathComponent("cache.sqlite").path }

    /// Makes a source known and returns it.
    func source(
        _ class: SourceClass = .software,
        url: String? = nil,
        organisation: String? = "org",
        software: String? = "soft"
    ) throws -> Source {
        let url = url ?? "https://keystore.example/\(`class`.rawValue).jwks"
        let isShared = `class` == .directory || `class` == .crl
        let seed = SourceSeed(
            url: url,
            class: `class`,
            environment: "production",
            organisationID: isShared ? nil : organisation,
            softwareID: isShared || `class` == .organisation ? nil : software,
            origin: .configuration
        )
        try store.upsert([seed], at: World.start)
        return try current(url)
    }

    /// A source as it is now.
    func current(_ url: String) throws -> Source {
        guard let source = try store.source(url) else { throw Missing(url: url) }
        return source
    }

    /// Offers a body for a source.
    @discardableResult
    func accept(
        _ body: [UInt8],
        for source: Source,
        at time: UnixTime = World.start,
        validators: Validators = Validators(),
        anchors: TrustAnchors = World.anchors
    ) throws -> AcceptOutcome {
        try store.accept(body: body, validators: validators, for: source, at: time, anchors: anchors)
    }

    /// The snapshot at some time.
    func snapshot(at time: UnixTime = World.start, anchors: TrustAnchors = World.anchors) throws -> Snapshot {
        try Snapshot.load(store, anchors: anchors, at: time)
    }

    /// What a snapshot thinks of the key `kid` names in a source; nil where the kid names none.
    func standing(
        _ kid: String,
        in source: Source,
        signedAt: UnixTime? = nil,
        now: UnixTime,
        anchors: TrustAnchors = World.anchors
    ) throws -> Standing? {
        let snapshot = try snapshot(at: now, anchors: anchors)
        guard let set = snapshot.keySet(source.url), let key = set.candidates(kid: ByteSlice(kid)).first else {
            return nil
        }
        return snapshot.standing(of: key, in: set, signedAt: signedAt ?? now, now: now)
    }

    /// The kinds of all events after those of opening and seeding.
    func events() throws -> [String] {
        try store.events(limit: 1000).map(\.kind).filter { $0 != EventKind.sourceAdded.rawValue }
    }

    struct Missing: Error {
        let url: String
    }
}
