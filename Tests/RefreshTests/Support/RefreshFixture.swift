import Encoding
import Fetch
import JOSE
import KeyCache
import Operations
import PKIX

@testable import Refresh

/// A cache of its own, a mirror tree, and what a pass over it needs.
final class RefreshFixture {
    static let start: UnixTime = 1_795_341_600  // 2026-11-22T10:00:00Z

    let folder: TemporaryFolder
    let authority: TestAuthority
    let anchors: TrustAnchors
    let store: KeyStore
    var settings = FetchSettings(hosts: [HostRule(name: "keystore.test")])
    var now = RefreshFixture.start

    /// A fixture whose cache follows a configuration.
    init(_ configuration: String = "") throws {
        folder = try TemporaryFolder()
        authority = try TestAuthority()
        anchors = try TrustAnchors.load([Array(authority.certificate.utf8)])
        let configuration = try ConfigurationReader.read(text: configuration, file: "counterfoil.yaml")
        store = try KeyStore.open(
            path: "\(folder.path)/cache.sqlite",
            settings: ConfiguredCache.settings(configuration)
        )
        folder.makeFolder("mirror")
    }

    func add(_ url: String, _ class: SourceClass, organisation: String? = "org", software: String? = nil) throws {
        let seed = SourceSeed(
            url: url,
            class: `class`,
            environment: "sandbox",
            organisationID: organisation,
            softwareID: software,
            origin: .configuration
        )
        try store.upsert([seed], at: now)
    }

    /// A pass over the mirror tree `mirror` of the folder.
    func mirrorPass() -> RefreshPass {
        pass(.mirror(MirrorReader(root: "\(folder.path)/mirror", settings: settings)))
    }

    func networkPass() throws -> RefreshPass { pass(.network(try Fetcher(settings))) }

    private func pass(_ route: RefreshRoute) -> RefreshPass {
        RefreshPass(store: store, anchors: anchors, route: route, clock: .fixed(now), jitter: { 0.5 })
    }

    /// Whether a key of this kid, signed with at the start, is usable in what others read now.
    func isUsable(_ kid: String, at url: String) throws -> Bool {
        let snapshot = try Snapshot.load(store, anchors: anchors, at: now)
        guard let set = snapshot.keySet(url), set.state(at: now) != .unusable else { return false }
        return set.keys.contains { key in
            key.kid == Array(kid.utf8)
                && snapshot.standing(of: key, in: set, signedAt: Self.start, now: now) == .usable
        }
    }
}
