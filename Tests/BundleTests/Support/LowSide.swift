import Crypto
import Encoding
import KeyCache
import PKIX

@testable import Bundle

/// The side with a network: a cache, and the bundles made of it.
final class LowSide {
    let folder: TemporaryFolder
    let store: KeyStore
    var roots: [[UInt8]]
    var exporter: SigningKey

    /// A cache with the directory's set, a software's two sets and an organisation's.
    init(holders: Holders = .shared, root: [UInt8]? = nil) throws {
        folder = try TemporaryFolder()
        store = try KeyStore.open(path: folder.path("low.sqlite"))
        roots = [try root ?? (holders.repository == Holders.shared.repository ? Holders.first : holders.root())]
        exporter = holders.exporter
        try store.upsert(Self.seeds, at: World.start - 100)
        try fetch(World.directory, World.keys("AB"))
        try fetch(World.software, World.keys("CD"))
        try fetch(World.organisation, World.keys("E"))
        try fetch(World.revoked, World.keys(""))
    }

    static let seeds = [
        seed(World.directory, .directory), seed(World.software, .software, "org", "soft"),
        seed(World.revoked, .softwareRevoked, "org", "soft"), seed(World.organisation, .organisation, "org"),
    ]

    static func seed(_ url: String, _ class: SourceClass, _ organisation: String? = nil, _ software: String? = nil)
        -> SourceSeed
    {
        SourceSeed(
            url: url,
            class: `class`,
            environment: "production",
            organisationID: organisation,
            softwareID: software,
            origin: .configuration
        )
    }

    func fetch(_ url: String, _ body: [UInt8], at time: UnixTime = World.start - 60) throws {
        guard let source = try store.source(url) else { return }
        let validators = Validators(etag: "\"\(body.count)\"", lastModified: "Sun, 22 Nov 2026 09:00:00 GMT")
        _ = try store.accept(body: body, validators: validators, for: source, at: time, anchors: World.anchors)
    }

    /// Makes a bundle and returns its path.
    @discardableResult
    func export(
        _ name: String = "bundle.tar",
        at time: UnixTime = World.start,
        since: Int64? = nil,
        life: Int64 = 35 * World.day
    ) throws -> ExportReport {
        let request = ExportRequest(roots: roots, keys: [exporter], life: life, since: since, time: time)
        return try BundleExport(store, request).write(to: folder.path(name))
    }

    /// A bundle taken apart.
    func archive(_ name: String = "bundle.tar", at time: UnixTime = World.start) throws -> Archive {
        try export(name, at: time)
        return Archive(try folder.bytes(name))
    }
}
