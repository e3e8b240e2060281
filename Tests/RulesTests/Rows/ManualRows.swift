import Crypto
import Encoding
import JOSE
import OpenBanking

@testable import Rules
@testable import Simulator

/// Manual registration through the portal.
let manualRows: [Row] =
    [
        manual(good: "through the portal"),
        manual(good: "tpp_associated as a string") { $0.identity["tpp_associated"] = "true" },
        manual(.associated, "false") { $0.identity["tpp_associated"] = false },
        manual(.associated, "missing") { $0.identity["tpp_associated"] = nil },
        manual(.associated, "TRUE") { $0.identity["tpp_associated"] = "TRUE" },
        manual(.associated, "1") { $0.identity["tpp_associated"] = 1 },
        manual(.associated, "null") { $0.identity["tpp_associated"] = .null },
        manual(.associated, "a list") { $0.identity["tpp_associated"] = [true] },
        manual(.portalOrganisation, "another organisation") {
            $0.identity["org_id"] = .text(try $0.other.organisation.id)
        },
        manual(.portalOrganisation, "another organisation, spelled out") {
            $0.identity["org_id"] = nil
            $0.identity.append("organisation_id", .text(try $0.other.organisation.id))
        },
        manual(.portalOrganisation, "the right organisation beside a wrong one") {
            $0.identity.append("organisation_id", .text(try $0.other.organisation.id))
        },
        manual(.portalOrganisation, "a list") { $0.identity["org_id"] = [.text($0.software.organisation.id)] },
        manual(good: "no organisation in the id_token") { $0.identity["org_id"] = nil },
        manual(.applicationCertificate, "no certificate") { $0.manual.certificate = nil },
        manual(.applicationCertificate, "no certificate that can be read") { $0.manual.certificate = "prose" },
        manual(good: "no certificate, where the bank asks for none") {
            $0.manual.certificate = nil
            $0.policy.overrides[.applicationCertificate] = .off
        },
        manual(
            .membership,
            "another organisation's certificate",
            and: [.obwacOrganisation, .authorityRegistration]
        ) {
            $0.show(try $0.other.transport.certificate)
            try $0.fetchAfterArrival()
        },
        manual(.organisationStatus, "an organisation that is not active") { $0.stated["org_status"] = "Withdrawn" },
        manual(.statementIssuer, "a statement of another issuer") { $0.stated["iss"] = "Somebody" },
        manual(.redirectScheme, "an http URI that the statement lists") {
            $0.manual.redirectURIs = ["http://a.example/"]
            $0.stated["software_redirect_uris"] = ["http://a.example/"]
        },
        manual(.certificateWindow, "an expired certificate") { $0.show($0.software.expiredTransport.certificate) },
        manual(.redirectListed, "a redirect URI the statement does not list") {
            $0.manual.redirectURIs = $0.software.redirectURIs + ["https://elsewhere.example/"]
        },
        manual(.redirectURIsForm, "no redirect URI") { $0.manual.redirectURIs = [] },
        manual(good: "no redirect_uris: all of the statement's") { $0.manual.redirectURIs = nil },
        manual(.statementSignature, "a changed statement") { $0.manual.statement.damage = .flippedSignature },
        manual(.environment, "another environment") { $0.stated["software_environment"] = "production" },
        manual(.statementAge, "older than a week and the skew by a second (A-15)") {
            $0.stated["iat"] = .number(Stage.now - 7 * Stage.day - 61)
        },
        manual(good: "a week and the skew old (A-15)") {
            $0.stated["iat"] = .number(Stage.now - 7 * Stage.day - 60)
        },
        manual(.bankTemplate, "a template the bank itself would not take") { $0.policy.template.algorithm = "RS256" },
        manual(.bankTemplate, "a template with a grant nobody knows") {
            $0.policy.template.grantTypes.append("password")
        },
        manual(.bankTemplate, "a template with a method the bank does not offer") {
            $0.policy.template.authenticationMethod = "client_secret_post"
        },
        manual(good: "a template with tls_client_auth") {
            $0.policy.template.authenticationMethod = "tls_client_auth"
        },
    ] + identityRows

private let identityRows: [Row] = [
    manual(.identityToken, "no identity provider is configured", and: []) { $0.policy.identityProvider = nil },
    manual(.identityToken, "no id_token") { r in try r.identityText(nil) },
    manual(.identityToken, "an id_token that is no JWS") { r in try r.identityText("hello") },
    manual(.identityToken, "an id_token whose claims are no object", and: []) { r in
        try r.identityText("\(encoded(#"{"alg":"PS256","kid":"k"}"#)).\(encoded("[]")).AAAA")
    },
    manual(.identityToken, "a claim named twice") { $0.identity.append("aud", "other") },
    manual(.identityToken, "alg none") { $0.manual.identity.header["alg"] = "none" },
    manual(.identityToken, "no kid") { $0.manual.identity.header["kid"] = nil },
    manual(.identityToken, "jwk in the header") { $0.manual.identity.header.append("jwk", .object([:])) },
    manual(.identityToken, "crit in the header") { $0.manual.identity.header.append("crit", ["x"]) },
    manual(.identityToken, "b64 in the header") { $0.manual.identity.header.append("b64", false) },
    manual(.identityToken, "another issuer") { $0.identity["iss"] = "https://evil.example" },
    manual(.identityToken, "no issuer") { $0.identity["iss"] = nil },
    manual(.identityToken, "another audience") { $0.identity["aud"] = "somebody" },
    manual(.identityToken, "no audience") { $0.identity["aud"] = nil },
    manual(.identityToken, "a second audience") {
        $0.identity["aud"] = [.text(try Stage.forge.portalClient), "somebody"]
    },
    manual(good: "the audience as a list of one") { $0.identity["aud"] = [.text(try Stage.forge.portalClient)] },
    manual(.identityToken, "another authorized party") { $0.identity.append("azp", "somebody") },
    manual(.identityToken, "an authorized party that is no string") { $0.identity.append("azp", 5) },
    manual(good: "this bank as the authorized party") {
        $0.identity.append("azp", .text(try Stage.forge.portalClient))
    },
    manual(.identityToken, "another nonce") { $0.identity["nonce"] = "other" },
    manual(.identityToken, "no nonce, the portal has one") { $0.identity["nonce"] = nil },
    manual(good: "a nonce, the portal has none") { $0.manual.record["nonce"] = nil },
    manual(.identityToken, "expired a second past the skew") { $0.identity["exp"] = .number(Stage.now - 61) },
    manual(good: "expired at the skew") { $0.identity["exp"] = .number(Stage.now - 60) },
    manual(.identityToken, "no exp") { $0.identity["exp"] = nil },
    manual(.identityToken, "no iat") { $0.identity["iat"] = nil },
    manual(.identityToken, "iat a second past the skew") { $0.identity["iat"] = .number(Stage.now + 61) },
    manual(.identityToken, "one changed character") { $0.manual.identity.damage = .flippedSignature },
    manual(.identityToken, "a signature with stray trailing bits") { r in
        try r.identityText(try r.manual.identity.compact().withStrayBits)
    },
    manual(.identityToken, "the directory's own key") {
        $0.manual.identity.sign(with: try Stage.directory.signingKey)
        $0.world.remake(try Stage.directory.identityKeysURL, fetchedAt: Stage.now + 1)
    },
    manual(.identityToken, "an unknown kid, the set older than the request", .deferred) {
        $0.manual.identity.sign(with: try Stage.directory.signingKey)
    },
    manual(.identityToken, "the provider's keys are missing", .deferred) {
        $0.world.sets[try Stage.directory.identityKeysURL] = nil
    },
    manual(.identityToken, "the provider's keys are too old to use", .deferred) {
        $0.world.remake(try Stage.directory.identityKeysURL, usableUntil: Stage.now)
    },
    manual(.identityToken, "a revoked key of the provider") {
        $0.world.remake(try Stage.directory.identityKeysURL, standing: { _ in .revoked(at: Stage.now - 5) })
    },
    manual(.identityToken, "a key of the provider that is held", .deferred) {
        $0.world.remake(try Stage.directory.identityKeysURL, standing: { _ in .held })
    },
    manual(.identityToken, "a key of the provider that has expired") {
        $0.world.remake(try Stage.directory.identityKeysURL, standing: { _ in .expired(at: Stage.now - 5) })
    },
    manual(.identityToken, "a key of the provider that was retired, its grace over") {
        $0.world.remake(
            try Stage.directory.identityKeysURL,
            standing: { _ in .retired(lastSeen: Stage.now - 600, graceUntil: Stage.now - 1) }
        )
    },
    manual(good: "a key of the provider in its grace") {
        $0.world.remake(
            try Stage.directory.identityKeysURL,
            standing: { _ in .retired(lastSeen: Stage.now, graceUntil: Stage.now + 60) }
        )
    },
    manual(.portalOrganisation, "another organisation, in a claim the bank named") {
        $0.policy.organisationClaims = ["tpp_org"]
        $0.identity.append("tpp_org", .text(try $0.other.organisation.id))
    },
    manual(good: "another organisation, in a claim the bank did not name") {
        $0.identity.append("tpp_org", .text(try $0.other.organisation.id))
    },
    manual(.directoryKeysUsable, "the directory's keys are missing", .deferred) {
        $0.world.sets[$0.directoryURL] = nil
    },
]

private func manual(
    _ rule: RuleID,
    _ name: String,
    and companions: Set<RuleID> = [],
    _ outcome: Outcome = .rejected,
    _ change: @escaping @Sendable (inout Registration) throws -> Void
) -> Row {
    Row(rule, "portal: \(name)", and: companions, outcome, as: .manual, change)
}

private func manual(
    good name: String,
    _ change: @escaping @Sendable (inout Registration) throws -> Void = { _ in }
) -> Row {
    Row(good: "portal: \(name)", as: .manual, change)
}

extension Registration {
    /// Delivers the manual record with this text as its id_token.
    fileprivate mutating func identityText(_ token: String?) throws {
        var members: [(String, DraftValue)] = [
            ("channel", "mcr"), ("software_statement", .text(try manual.statement.compact())),
            ("redirect_uris", .texts(software.redirectURIs)),
        ]
        if let token { members.append(("id_token", .text(token))) }
        if let nonce = manual.record["nonce"] { members.append(("nonce", nonce)) }
        deliver(members)
    }
}
