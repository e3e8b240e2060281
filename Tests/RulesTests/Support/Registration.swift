import Crypto
import Encoding
import JOSE
import OpenBanking
import PKIX

@testable import Rules
@testable import Simulator

/// One registration before it is judged: all of it good until a row changes something.
struct Registration {
    /// How it is delivered.
    enum Form: Sendable {
        case record, bare, manual
        case text(String)
        case unreadable(String)
    }

    var form: Form
    var request: RequestDraft
    var manual: ManualDraft
    var policy: Policy
    var world: World
    let software: SimulatedSoftware
    var now = Stage.now
    var arrivedAt = Stage.now
    /// The good statement, signed once for many requests.
    var signedStatement: String?
    var mode = JudgingMode.ordinary

    /// A good registration of a software of the directory; a manual one with `form` manual.
    init(_ index: Int = Stage.plain, form: Form = .record) throws {
        let (forge, directory) = (try Stage.forge, try Stage.directory)
        software = directory.software[index]
        request = forge.request(for: software)
        manual = forge.manual(for: software)
        policy = try Stage.policy
        if software.profile == .legacy { policy.certificateProfiles = [.obwac, .legacyTransport] }
        world = try Stage.world
        self.form = form
        request.claims["iat"] = .number(Stage.now - 60)
        request.claims["exp"] = .number(Stage.now + 1740)
        request.statement.claims["iat"] = .number(Stage.now - 3600)
        manual.statement.claims["iat"] = .number(Stage.now - 3600)
    }

    // MARK: Parts by short names

    var header: DraftMembers {
        get { request.header }
        set { request.header = newValue }
    }
    var claims: DraftMembers {
        get { request.claims }
        set { request.claims = newValue }
    }
    /// The claims of the software statement, in both channels.
    var stated: DraftMembers {
        get { request.statement.claims }
        set {
            request.statement.claims = newValue
            manual.statement.claims = newValue
        }
    }
    /// The claims of the id_token.
    var identity: DraftMembers {
        get { manual.identity.claims }
        set { manual.identity.claims = newValue }
    }
    var other: SimulatedSoftware { get throws { try Stage.directory.software[Stage.elliptic] } }

    private var base: String { get throws { try Stage.directory.plan.baseURL } }
    var directoryURL: String { policy.directoryURL }
    var softwareURL: String { get throws { try base + KeyStorePath.keys(software.organisation.id, software.id) } }
    var organisationURL: String {
        get throws { try base + KeyStorePath.keys(software.organisation.id, software.organisation.id) }
    }
    var softwareRevokedURL: String {
        get throws { try base + KeyStorePath.revoked(software.organisation.id, software.id) }
    }
    var organisationRevokedURL: String {
        get throws { try base + KeyStorePath.revoked(software.organisation.id, software.organisation.id) }
    }

    // MARK: Judging

    /// Puts the statement signed before into the request where the statement is still the one of `original`.
    mutating func reuseStatement(of original: Registration) {
        let (mine, good) = (request.statement, original.request.statement)
        guard let signed = original.signedStatement, mine.header == good.header, mine.claims == good.claims,
            case .none = mine.damage, mine.isSealedAlike(good), claims["software_statement"] == .signedStatement
        else { return }
        claims["software_statement"] = .text(signed)
    }

    /// The record as text; for a bare request its JWS.
    func text() throws -> String {
        switch form {
        case .record: try request.line()
        case .bare: try request.compact()
        case .manual: try manual.line()
        case .text(let text): text
        case .unreadable(let why): why
        }
    }

    func delivery() throws -> Delivery {
        let content: Delivery.Content =
            switch form {
            case .bare: .bare(request: ByteSlice(try text()), certificate: request.certificate.map { ByteSlice($0) })
            case .unreadable(let why): .unreadable(why)
            default: .record(ByteSlice(try text()))
            }
        return Delivery(content, arrivedAt: arrivedAt, mode: mode)
    }

    func verdict(_ examiner: Examiner? = nil) throws -> Verdict {
        let examiner = examiner ?? Examiner(policy: policy, book: RuleBook(policy), indexes: ClaimIndexes())
        return examiner.examine(try delivery(), now: now, trust: world.view)
    }

    // MARK: Certificates

    /// The software's and the organisation's sets are fetched again, a second after the request came.
    mutating func fetchAfterArrival() throws {
        world.remake(try softwareURL, fetchedAt: Stage.now + 1)
        world.remake(try organisationURL, fetchedAt: Stage.now + 1)
    }

    /// Presents a certificate of its own making, listed in the software's key set or not.
    mutating func present(
        key: PrivateKey? = nil,
        rogue: Bool = false,
        listed: Bool = true,
        issuedBy: PrivateKey? = nil,
        _ change: (inout CertificateTemplate) -> Void = { _ in }
    ) throws {
        let authority = try Stage.directory.authority
        let key = key ?? software.transport.key.privateKey
        let order = LeafOrder(
            subject: software.subject,
            key: key.publicKey,
            use: .tls,
            serial: [0x21, 0x07],
            notBefore: now - 30 * Stage.day,
            notAfter: now + 30 * Stage.day,
            holder: software.profile == .obwac ? software.organisation : nil
        )
        var template = order.template(authority.names, baseURL: try base)
        change(&template)
        let der = try issuedBy.map { try template.issue(by: $0) } ?? authority.issue(template, rogue: rogue)
        show(der)
        if listed { try list(der, key) }
    }

    mutating func show(_ der: [UInt8]) {
        request.certificate = PEM.encode(der, label: "CERTIFICATE")
        manual.certificate = request.certificate
    }

    /// Adds a transport certificate to the software's key set.
    mutating func list(_ der: [UInt8], _ key: PrivateKey) throws {
        let published = PublishedKey(SimulatedKey(key), use: .tls, certificate: der, serial: [], folder: try base)
        try publish(software.published.filter { $0.key.kid != published.key.kid } + [published])
    }

    /// Makes these the software's published keys.
    mutating func publish(_ keys: [PublishedKey]) throws {
        try publish(keys.map(\.jwk))
    }

    mutating func publish(_ keys: [String]) throws {
        try world.publish(Array("{\"keys\":[\(keys.joined(separator: ","))]}".utf8), at: try softwareURL)
    }

    /// Puts other revocation lists into the cache.
    mutating func lists(_ bodies: [[UInt8]]) throws { world.lists = try World.lists(bodies, world.anchors) }
}

extension TokenDraft {
    /// True where both are signed with one key and one algorithm.
    fileprivate func isSealedAlike(_ other: TokenDraft) -> Bool {
        guard case .key(let mine, let algorithm) = seal, case .key(let theirs, let second) = other.seal else {
            return false
        }
        return algorithm == second && mine.publicKey.spkiSHA256 == theirs.publicKey.spkiSHA256
    }
}

extension SimulatedKey {
    /// What a JWK needs of this key.
    var jwkMembers: DraftMembers { SimulatedKey.numbers(privateKey.publicKey) }
}
