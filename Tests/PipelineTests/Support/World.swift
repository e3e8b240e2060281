import Encoding
import Fetch
import KeyCache
import OpenBanking
import Operations
import PKIX
import Refresh
import Simulator

/// What all tests of the suite share: one small directory, a mirror of it, and a cache filled from that mirror.
enum World {
    /// 2026-11-22T10:00:00Z.
    static let now: UnixTime = 1_795_341_600
    static let day = "2026-11-22"

    static let directory: SimulatedDirectory = sure {
        var plan = DirectoryPlan(now: now)
        plan.softwarePerOrganisation = 2
        plan.keyPool = 6
        return try SimulatedDirectory(plan)
    }

    static let forge = RequestForge(directory)
    static let anchors = sure { try TrustAnchors.load([Array(directory.authority.anchorsPEM.utf8)]) }

    /// A software that signs with RSA and has an OBWAC.
    static var software: SimulatedSoftware { directory.software[0] }
    /// One of another organisation.
    static var other: SimulatedSoftware { directory.software[2] }

    /// The folder with the mirror of everything and the cache filled from it.
    static let prepared: TemporaryFolder = sure {
        let folder = try TemporaryFolder()
        try directory.publish(toMirror: folder / "mirror")
        let store = try KeyStore.open(path: folder / "cache.sqlite")
        try refresh(store, mirror: folder / "mirror", at: now)
        return folder
    }

    /// What an operator would write for this directory.
    static func configurationText(groupRequests: Int = 1024) -> String {
        """
        environment: \(directory.plan.environment.rawValue)
        directory:
          keystore: \(directory.plan.baseURL)
          crl_hosts: [\(directory.host)]
          idp:
            issuer: \(directory.identityIssuer)
            client_id: \(forge.portalClient)
            jwks: \(directory.identityKeysURL)
        trust:
          anchors: anchors
        refresh:
          cache: cache.sqlite
          sources: sources.yaml
        spool:
          path: spool
          min_free: 1MiB
        process:
          workers: 2
          group_requests: \(groupRequests)
        policy:
          audiences: ["\(forge.audience)"]
          certificate_profiles:
            obwac: allow
            legacy: allow
        ledger:
          path: ledger.sqlite

        """
    }

    static let configuration = sure {
        try ConfigurationReader.read(text: configurationText(), file: "/counterfoil.yaml")
    }

    /// Refreshes every source of the directory from a mirror.
    static func refresh(_ store: KeyStore, mirror: String, at time: UnixTime) throws {
        let sources = try SourcesFile.read(text: directory.sourcesYAML(), file: "sources.yaml")
        try store.upsert(PlannedSources.seeds(sources, configuration), at: time)
        let settings = ConfiguredFetch.settings(configuration, credentials: nil)
        let reader = MirrorReader(root: mirror, settings: settings)
        let pass = RefreshPass(
            store: store,
            anchors: anchors,
            route: .mirror(reader),
            clock: .fixed(time),
            jitter: { 0.5 }
        )
        _ = try pass.run(.all)
    }

    /// What must not fail in a fixture; nothing could be tested without it.
    static func sure<R>(_ make: () throws -> R) -> R {
        do { return try make() } catch { preconditionFailure("no fixture: \(error)") }
    }
}
