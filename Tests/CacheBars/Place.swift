import Encoding
import Fetch
import Foundation
import KeyCache
import OpenBanking
import Operations
import PKIX
import Pipeline
import Refresh
import Rules
import Simulator

/// A small installation in a folder of its own, beside a simulated directory.
final class Place {
    let folder: String
    let directory: SimulatedDirectory
    let forge: RequestForge
    let anchors: TrustAnchors
    let configuration: Configuration

    /// A place whose directory lives at `now`; keys come from `server` where there is one, else from the mirror.
    init(
        now: UnixTime = Place.now,
        server: SimulatedServer? = nil,
        organisations: Int = 3,
        settings: String = ""
    ) throws {
        let base = FileManager.default.fileExists(atPath: "/dev/shm") ? "/dev/shm" : NSTemporaryDirectory()
        folder = "\(base)/counterfoil-bars-\(UUID().uuidString)"
        var plan = DirectoryPlan(now: now, baseURL: server?.baseURL ?? "https://localhost:1")
        plan.keyPool = 12
        plan.organisations = organisations
        directory = try server?.start(plan) ?? SimulatedDirectory(plan)
        forge = RequestForge(directory)
        anchors = try TrustAnchors.load([Array(directory.authority.anchorsPEM.utf8)])
        let text = """
            environment: sandbox
            directory:
              keystore: \(directory.plan.baseURL)
              crl_hosts: ["\(directory.host)"]
              ca_file: \(folder)/tls.pem
              idp: {issuer: "\(directory.identityIssuer)", client_id: \(forge.portalClient), jwks: "\(directory.identityKeysURL)"}
            trust: {anchors: \(folder)/anchors}
            spool: {path: \(folder)/spool, min_free: 1MiB, scan_every: 1s}
            policy: {certificate_profiles: {legacy: allow}, audiences: ["\(forge.audience)"]}
            ledger: {path: \(folder)/state/ledger.sqlite}
            refresh:
              cache: \(folder)/state/cache.sqlite
              sources: \(folder)/sources.yaml
            \(settings)
            """
        configuration = try ConfigurationReader.read(text: text, file: "counterfoil.yaml")
        for name in ["anchors", "state", "spool/incoming", "mirror"] {
            try FileManager.default.createDirectory(atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
        }
        try write(text, "counterfoil.yaml")
        try write(directory.authority.anchorsPEM, "anchors/all.pem")
        try write(directory.authority.tls.authorityPEM, "tls.pem")
        try write(directory.sourcesYAML(), "sources.yaml")
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// The time of the system.
    static var now: UnixTime { UnixTime(Date().timeIntervalSince1970) }

    func write(_ text: String, _ name: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
    }

    func write(_ bytes: [UInt8], _ name: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
    }

    /// Starts the program.
    func start(_ arguments: String...) throws -> ProgramRun {
        try ProgramRun([ProgramRun.counterfoil] + arguments, in: folder)
    }

    /// Runs the program to its end.
    @discardableResult
    func run(_ arguments: String...) throws -> ProgramRun.Result {
        try ProgramRun([ProgramRun.counterfoil] + arguments, in: folder).wait()
    }

    /// The cache, with the sources an operator would list.
    func store() throws -> KeyStore {
        let store = try KeyStore.open(
            path: configuration.refresh.cache,
            settings: ConfiguredCache.settings(configuration)
        )
        let sources = try SourcesFile.load(path: configuration.refresh.sources)
        try store.upsert(PlannedSources.seeds(sources, configuration), at: directory.plan.now)
        return store
    }

    /// A pass at some time: from the mirror, or over the network.
    func pass(_ store: KeyStore, at time: UnixTime, mirror: Bool) throws -> RefreshPass {
        let fetch = ConfiguredFetch.settings(configuration, credentials: nil)
        let route: RefreshRoute =
            mirror
            ? .mirror(MirrorReader(root: "\(folder)/mirror", settings: fetch)) : .network(try Fetcher(fetch))
        return RefreshPass(
            store: store,
            anchors: anchors,
            route: route,
            lists: LearnedLists(configuration),
            clock: .fixed(time)
        )
    }

    /// The cache filled from the mirror at some time.
    func filledStore(at time: UnixTime) throws -> KeyStore {
        try directory.publish(toMirror: "\(folder)/mirror")
        let store = try store()
        _ = try pass(store, at: time, mirror: true).run(.all)
        return store
    }

    var plan: ProcessPlan { ProcessPlan(policy: Policy(configuration), workers: 1, secretKey: []) }

    /// Drops a good request as a file, whole.
    func drop(_ item: ForgedItem, _ stem: String) throws {
        if let certificate = item.certificate { try write(certificate, "spool/incoming/\(stem).pem") }
        try write(item.request ?? "", "spool/.\(stem).tmp")
        try FileManager.default.moveItem(
            atPath: "\(folder)/spool/.\(stem).tmp",
            toPath: "\(folder)/spool/incoming/\(stem).jwt"
        )
    }
}
