import Crypto
import Encoding
import JOSE
import OpenBanking
import PKIX
import Testing

@testable import Rules
@testable import Simulator

/// What is accepted, and what is said about it nevertheless.
struct NoticeRow: CustomTestStringConvertible, Sendable {
    let name: String
    let notices: [RuleID: Severity]
    let software: Int
    let form: Registration.Form
    let change: @Sendable (inout Registration) throws -> Void

    init(
        _ notices: [RuleID: Severity],
        _ name: String,
        of software: Int = Stage.plain,
        as form: Registration.Form = .record,
        _ change: @escaping @Sendable (inout Registration) throws -> Void = { _ in }
    ) {
        (self.notices, self.name, self.software) = (notices, name, software)
        (self.form, self.change) = (form, change)
    }

    var testDescription: String { name }
}

/// Warnings and notes never refuse, and the good fixture yields none of them.
struct NoticeTests {
    @Test("accepted, with notices", arguments: noticeRows)
    func notices(_ row: NoticeRow) throws {
        var registration = try Registration(row.software, form: row.form)
        try row.change(&registration)
        let verdict = try registration.verdict()
        let said = Dictionary(verdict.findings.map { ($0.rule, $0.severity) }, uniquingKeysWith: { first, _ in first })
        #expect(said == row.notices)
        #expect(verdict.outcome == .accepted)
        #expect(verdict.primary == nil)
    }

    @Test("every rule that only warns or informs has a row")
    func everyNoticeHasARow() {
        let told = Set(noticeRows.flatMap(\.notices.keys))
        let missing = RuleBook.all.filter {
            ($0.severity == .warning || $0.severity == .info) && !told.contains($0.id)
        }
        #expect(missing.map(\.id.name) == [])
    }
}

let noticeRows: [NoticeRow] = [
    .init([:], "the good request"), .init([:], "the good ES256 request", of: Stage.elliptic),
    .init([:], "the good legacy request", of: Stage.legacy), .init([:], "the good manual registration", as: .manual),
    .init([.possession: .warning], "a bare request: nobody attests possession", as: .bare),
    .init([.contentType: .warning], "application/json") {
        $0.request.record.append("content_type", "application/json")
    },
    .init([:], "application/jose in capitals") { $0.request.record.append("content_type", "APPLICATION/JOSE") },
    .init([.requestType: .warning], "another typ") { $0.header["typ"] = "at+jwt" },
    .init([.requestType: .warning], "typ is a number") { $0.header["typ"] = 5 },
    .init([:], "no typ") { $0.header["typ"] = nil },
    .init([.audienceShape: .warning], "an audience that is no organisation, none configured") {
        $0.policy.audiences = []
        $0.claims["aud"] = "https://bank.example"
    },
    .init([.jwtIDIsUUID: .warning], "a jti that is no UUID (A-04)") { $0.claims["jti"] = "1751017082113" },
    .init([.jwtIDIsUUID: .warning], "a jti that is a UUID of version 1") {
        $0.claims["jti"] = "6ba7b810-9dad-11d1-80b4-00c04fd430c8"
    },
    .init([:], "a UUID in capitals") { $0.claims["jti"] = "6BA7B810-9DAD-41D1-80B4-00C04FD430C8" },
    .init([.responseTypesDefault: .info], "no response_types") { $0.claims["response_types"] = nil },
    .init([.scopeForm31: .info], "a list of scopes under 3.1") {
        $0.policy.profile = .v31
        $0.claims["scope"] = ["openid", "accounts"]
    },
    .init([.subjectDNUnasked: .warning], "a subject with private_key_jwt") {
        $0.claims.append("tls_client_auth_subject_dn", .text($0.subjectName))
    },
    .init([.subjectDNForm: .warning, .subjectDNUnasked: .warning], "a subject of 129 bytes before 3.4") {
        $0.claims.append("tls_client_auth_subject_dn", .text("CN=" + String(repeating: "a", count: 126)))
    },
    .init([.subjectDNUnasked: .warning], "a subject of 128 bytes") {
        $0.claims.append("tls_client_auth_subject_dn", .text("CN=" + String(repeating: "a", count: 125)))
    },
    .init([.subjectDNUnasked: .warning], "a subject of 512 bytes under 3.4") {
        $0.policy.profile = .v34
        $0.claims.append("tls_client_auth_subject_dn", .text("CN=" + String(repeating: "a", count: 509)))
    },
    .init([.clientIDIgnored: .info], "a client_id") { $0.claims.append("client_id", "mine") },
    .init([.unknownClaims: .info], "claims nobody knows") { $0.claims.append("x_bank", true) },
    .init([.userFlow: .warning, .responseTypesDefault: .info], "customers' scopes without a grant for them") {
        $0.claims["grant_types"] = ["client_credentials"]
        $0.claims["response_types"] = nil
    },
    .init([.refreshGrant: .warning, .userFlow: .warning, .responseTypesDefault: .info], "refresh_token alone") {
        $0.claims["grant_types"] = ["refresh_token"]
        $0.claims["response_types"] = nil
    },
    .init([.codeAlone: .warning], "code alone under FAPI") { $0.claims["response_types"] = ["code"] },
    .init([:], "code alone without FAPI") {
        $0.policy.isFAPI = false
        $0.claims["response_types"] = ["code"]
    },
    .init([.statementType: .warning], "a statement without typ") { $0.request.statement.header["typ"] = nil },
    .init([.statementType: .warning], "a statement of another typ") { $0.request.statement.header["typ"] = "JOSE" },
    .init([.statementVersion: .info], "software_version is a list") { $0.stated["software_version"] = [] },
    .init([:], "software_version is a number") { $0.stated["software_version"] = .raw("1.5") },
    .init([.statementSizes: .warning], "software_client_name of 41 bytes") {
        $0.stated["software_client_name"] = long(41)
    },
    .init([:], "software_client_name of 40 bytes") { $0.stated["software_client_name"] = long(40) },
    .init([.softwareMode: .warning], "test software in production (A-17)") {
        $0.policy.environment = .production
        $0.stated["software_environment"] = "production"
        $0.stated["software_mode"] = "TEST"
    },
    .init([:], "live in lower case, in production") {
        $0.policy.environment = .production
        $0.stated["software_environment"] = "production"
        $0.stated["software_mode"] = "live"
    },
    .init([.rolesAuthorised: .warning], "no competent authority (A-18)") {
        $0.stated["organisation_competent_authority_claims"] = nil
    },
    .init([.lifetime: .warning], "a life of an hour and a second") {
        $0.claims["exp"] = .number(Stage.now - 60 + 3601)
    },
    .init([.redirectRepeated: .warning], "a redirect URI twice") { $0.add($0.software.redirectURIs[0]) },
    .init([.statementRedirectQuality: .warning], "https://localhost in the statement") {
        $0.stated["software_redirect_uris"] = .texts($0.software.redirectURIs + ["https://localhost"])
    },
    .init([.scopeOpenID: .info, .codeAlone: .warning], "openid is added") {
        $0.claims["scope"] = "accounts"
        $0.claims["response_types"] = ["code"]
    },
    .init([.keyThumbprint: .warning], "a wrong x5t in the key set") {
        try $0.publish([$0.changedJWK(x5t: "AAAA"), $0.software.transport.jwk])
    },
    .init([.keyCertificate: .warning], "an x5c that cannot be read") {
        try $0.publish([$0.changedJWK(x5c: "AAAA"), $0.software.transport.jwk])
    },
    .init([.legacyIssuerNames: .warning], "a legacy certificate under another O", of: Stage.legacy) { r in
        try r.present { $0.name("Open Banking Limited", "2.5.4.10") }
    },
    .init([.authorityIdentifier: .warning], "nCAId of another authority") { r in
        try r.present { $0.qcStatements?.authorityID = "GB-FCA" }
    },
    .init([.certificateRevocationList: .warning], "a list in the grace the bank gives") {
        $0.policy.listGrace = 3 * Stage.day
        try $0.outdatedLists(issuing: 6 * Stage.day, root: 0)
    },
    .init([.issuingAuthority: .warning], "the root's list in the grace the bank gives") {
        $0.policy.listGrace = 3 * Stage.day
        try $0.outdatedLists(issuing: 0, root: 6 * Stage.day)
    },
    .init([.redirectURIsForm: .warning], "no redirect_uris: those of the statement (A-03)") {
        $0.claims["redirect_uris"] = nil
    },
    .init([.audienceShape: .warning], "a list of audiences with one that is no organisation, none configured") {
        $0.policy.audiences = []
        $0.claims["aud"] = ["0015800001041ABCDE", "https://bank.example"]
    },
    .init([:], "a client's name of 40 letters in 80 bytes") {
        $0.stated["software_client_name"] = .text(String(repeating: "é", count: 40))
    },
    .init([.statementSizes: .warning], "a client's name of 41 letters in 82 bytes") {
        $0.stated["software_client_name"] = .text(String(repeating: "é", count: 41))
    },
    .init([.statementSizes: .warning], "a contact's address of 257 letters") {
        $0.stated["org_contacts"] = .raw(#"[{"name":"a"},{"email":"\#(String(repeating: "a", count: 257))"}]"#)
    },
    .init([.keyCertificate: .warning], "the signing certificate has expired") {
        try $0.vetKeyCertificate(at: Stage.now) { $0.notAfter = Stage.now - 1 }
    },
    .init([.keyCertificate: .warning], "the signing certificate is a stranger's") {
        try $0.vetKeyCertificate(at: Stage.now, rogue: true)
    },
    .init([.keyCertificate: .warning], "the signing key was published with a transport certificate") {
        try $0.vetKeyCertificate(at: Stage.now, use: .tls)
    },
    .init([:], "the signing certificate is good") { try $0.vetKeyCertificate(at: Stage.now) },
    .init([.scopeOpenID: .info, .scopeForm31: .info, .codeAlone: .warning], "openid is added to a list under 3.1") {
        $0.policy.profile = .v31
        $0.claims["scope"] = ["accounts"]
        $0.claims["response_types"] = ["code"]
    },
    .init([.scopeForm: .warning], "an array of scopes under 3.3, where the bank lets it pass (A-02)") {
        $0.policy.overrides[.scopeForm] = .warning
        $0.claims["scope"] = ["openid", "accounts"]
    },
    .init([.separateKeys: .warning], "one key for signing and transport") { r in
        try r.present(key: r.software.signing.key.privateKey)
        try r.publish([r.software.signing.jwk])
        r.policy.membership = .chainOnly
    },
]

extension Registration {
    /// Revocation lists made so many seconds ago.
    fileprivate mutating func outdatedLists(issuing: Int64, root: Int64) throws {
        let authority = try Stage.directory.authority
        try lists([
            try authority.issuingList(number: 9000, at: Stage.now - issuing, revoked: []),
            try authority.rootList(number: 9000, at: Stage.now - root),
        ])
    }

    /// Gives the cache a vetted certificate of the signing key.
    fileprivate mutating func vetKeyCertificate(
        at now: Int64,
        rogue: Bool = false,
        use: PublishedKey.Use = .sig,
        _ change: (inout CertificateTemplate) -> Void = { _ in }
    ) throws {
        let authority = try Stage.directory.authority
        let order = LeafOrder(
            subject: software.subject,
            key: software.signing.key.privateKey.publicKey,
            use: use,
            serial: [0x31],
            notBefore: now - Stage.day,
            notAfter: now + Stage.day,
            holder: software.organisation
        )
        var template = order.template(authority.names, baseURL: try Stage.directory.plan.baseURL)
        change(&template)
        let vetted = try world.anchors.vet(try authority.issue(template, rogue: rogue))
        world.certificates[SHA256Digest.of(software.signing.certificate)] = vetted
    }

    /// The signing key's JWK with another thumbprint or certificate.
    fileprivate func changedJWK(x5t: String? = nil, x5c: String? = nil) -> String {
        var members = software.signing.key.jwkMembers
        members.append("kid", .text(software.signing.key.kid))
        members.append("use", "sig")
        members.append("x5c", [.text(x5c ?? Base64.encode(software.signing.certificate))])
        if let x5t { members.append("x5t", .text(x5t)) }
        return members.json
    }
}
