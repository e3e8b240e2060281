import Encoding
import Glibc
import Simulator

/// An installation in a folder of its own: configuration, trust anchors, a mirror of a simulated directory, a spool.
///
/// The directory's host is this machine at a port where nobody listens: no test reaches out.
final class Site: Sendable {
    static let now: UnixTime = 1_795_305_600
    static let asOf = "2026-11-22T00:00:00Z"

    /// One population for all tests; its keys cost the most.
    static let directory = Result { () throws(SimulatorError) in
        var plan = DirectoryPlan(now: now, baseURL: "https://localhost:1")
        plan.keyPool = 12
        return try SimulatedDirectory(plan)
    }

    let folder: TemporaryFolder
    let forge: RequestForge

    convenience init(_ changes: [String: String] = [:]) throws {
        try self.init(of: try Self.directory.get(), changes)
    }

    /// A site of another directory, and so of the present.
    ///
    /// Its requests are made as of now: what was made with the directory may have expired before its turn, where a run of
    /// all tests takes long.
    init(of directory: SimulatedDirectory, _ changes: [String: String] = [:]) throws {
        folder = try TemporaryFolder()
        forge = RequestForge(directory, now: directory.plan.now == Self.now ? Self.now : Int64(time(nil)))
        try folder.write(directory.authority.anchorsPEM, to: "anchors/all.pem")
        try folder.write(directory.sourcesYAML(), to: "sources.yaml")
        try folder.write("", to: "spool/incoming/.keep")
        try directory.publish(toMirror: "\(folder.path)/mirror")
        try configure(changes)
    }

    /// Writes the configuration; `changes` replaces whole sections or adds to them.
    func configure(_ changes: [String: String] = [:]) throws {
        let directory = forge.directory
        var sections: [String: String] = [
            "environment": "sandbox",
            "directory": """

              keystore: \(directory.plan.baseURL)
              crl_hosts: ["localhost:1"]
              idp: {issuer: "\(directory.identityIssuer)", client_id: \(forge.portalClient), jwks: "\(directory.identityKeysURL)"}
            """,
            "trust": "{anchors: anchors}",
            "refresh": "{cache: state/cache.sqlite, sources: sources.yaml}",
            "spool": "{path: spool, min_free: 1MiB, scan_every: 1s}",
            "process": "{workers: 2}",
            "policy": "{certificate_profiles: {legacy: allow}, audiences: [\"\(forge.audience)\"]}",
            "ledger": "{path: state/ledger.sqlite}",
        ]
        sections.merge(changes) { _, new in new }
        let text = sections.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)\n" }.joined()
        try folder.write(text, to: "counterfoil.yaml")
    }

    /// Runs a command to its end.
    func run(_ arguments: String...) throws -> Program.Result { try Program.run(arguments, in: folder) }

    /// Runs a command at the directory's time.
    func runAsOf(_ arguments: String...) throws -> Program.Result {
        try Program.run(arguments + ["--as-of", Self.asOf], in: folder)
    }

    /// Fills the cache from the mirror.
    func refresh() throws -> Program.Result { try runAsOf("refresh", "--all", "--mirror", "mirror") }

    /// Drops a good request, or one with a fault, as `<stem>.jwt` and `<stem>.pem`; its item.
    @discardableResult
    func drop(_ fault: ForgedFault? = nil, stem: String = "tpp", number: Int = 0) throws -> ForgedItem {
        let item = try make(fault, number: number)
        try write(item, to: "spool/incoming/\(stem)")
        return item
    }

    func make(_ fault: ForgedFault? = nil, number: Int = 0) throws -> ForgedItem {
        if let fault { return try forge.item(fault, number: number) }
        let software = forge.directory.software
        return try forge.item(of: software[number % software.count], .privateKeyJWT, number: number)
    }

    /// Writes an item's request and certificate beside each other.
    func write(_ item: ForgedItem, to stem: String) throws {
        if let certificate = item.certificate { try folder.write(certificate, to: "\(stem).pem") }
        try folder.write(item.request ?? "", to: "\(stem).jwt")
    }
}
