import Crypto
import Encoding
import OpenBanking

@testable import Rules
@testable import Simulator

/// The software statement: framing, header, claims.
let statementRows: [Row] =
    requiredClaims.flatMap { name -> [Row] in
        [
            Row(.statementClaims, "no \(name)") { $0.stated[name] = nil },
            Row(.statementClaims, "\(name) is a number") { $0.stated[name] = 5 },
            Row(.statementClaims, "\(name) is empty", and: emptied[name] ?? []) { $0.stated[name] = "" },
        ]
    } + [
        Row(.statementFraming, "two segments") { $0.request.statement.damage = .cutSignature },
        Row(.statementFraming, "prose") { $0.claims["software_statement"] = "hello" },
        Row(.statementFraming, "a claim named twice") { $0.stated.append("org_id", "other") },
        Row(.statementFraming, "a header that is no object") {
            $0.claims["software_statement"] = .text("\(encoded("[]")).\(encoded("{}")).AAAA")
        },
        Row(.statementFraming, "a payload that is no object") {
            $0.claims["software_statement"] = .text("\(encoded(#"{"alg":"PS256","kid":"k"}"#)).\(encoded("[]")).AAAA")
        },
        Row(.statementFraming, "one byte over the limit") {
            $0.policy.byteLimit.statement = try $0.request.statement.compact().utf8.count - 1
        },
        Row(good: "exactly at the limit") {
            $0.policy.byteLimit.statement = try $0.request.statement.compact().utf8.count
        },
        Row(good: "a statement of nearly 32 KiB") { $0.stated.append("filler", .texts(filler(3))) },
        Row(.statementFraming, "a statement over 32 KiB") { $0.stated.append("filler", .texts(filler(4))) },
        Row(.statementAlgorithm, "none", and: [.statementSignature]) { $0.request.statement.header["alg"] = "none" },
        Row(.statementAlgorithm, "RS256", and: [.statementSignature]) {
            $0.request.statement.sign(with: try Stage.directory.signingKey, .RS256)
        },
        Row(.statementAlgorithm, "HS256 keyed with the public key", and: [.statementSignature]) {
            $0.request.statement.header["alg"] = "HS256"
            let key = try Stage.directory.signingKey.privateKey.publicKey
            $0.request.statement.seal = .secret(Array(PEM.encode(key.spki, label: "PUBLIC KEY").utf8))
        },
        Row(.statementAlgorithm, "no alg", and: [.statementSignature]) { $0.request.statement.header["alg"] = nil },
        Row(.statementKeyID, "no kid") { $0.request.statement.header["kid"] = nil },
        Row(.statementKeyID, "an empty kid") { $0.request.statement.header["kid"] = "" },
        Row(.statementKeyID, "a kid that is no string") { $0.request.statement.header["kid"] = 5 },
        Row(.statementHeaderKeys, "jwk") { $0.request.statement.header.append("jwk", .object([:])) },
        Row(.statementHeaderKeys, "jku") { $0.request.statement.header.append("jku", "https://evil.example") },
        Row(.statementHeaderKeys, "x5c") { $0.request.statement.header.append("x5c", []) },
        Row(.statementHeaderKeys, "x5u") { $0.request.statement.header.append("x5u", "https://evil.example") },
        Row(.statementHeaderKeys, "crit") { $0.request.statement.header.append("crit", ["x"]) },
        Row(.statementHeaderKeys, "b64 false") { $0.request.statement.header.append("b64", false) },
        Row(.statementIssuer, "another issuer") { $0.stated["iss"] = "Open Banking Ltd" },
        Row(.statementIssuer, "the issuer in lower case") { $0.stated["iss"] = "openbanking ltd" },
        Row(.statementClaims, "no iat") { $0.stated["iat"] = nil },
        Row(.statementClaims, "iat is a string") { $0.stated["iat"] = "1799996400" },
        Row(.statementClaims, "iat in milliseconds", and: [.statementNotFuture]) {
            $0.stated["iat"] = .number(Stage.now * 1000)
        },
        Row(.statementClaims, "no software_roles") {
            $0.stated["software_roles"] = nil; $0.claims["scope"] = "openid"
        },
        Row(.statementClaims, "software_roles is a string") {
            $0.stated["software_roles"] = "AISP"
            $0.claims["scope"] = "openid"
        },
        Row(.statementClaims, "software_jwks_revoked_endpoint is a number") {
            $0.stated["software_jwks_revoked_endpoint"] = 5
        },
        Row(good: "no revoked endpoints: the directory makes them optional") {
            $0.stated["software_jwks_revoked_endpoint"] = nil
            $0.stated["org_jwks_revoked_endpoint"] = nil
        },
        Row(good: "a revoked endpoint of null") { $0.stated["org_jwks_revoked_endpoint"] = .null },
        Row(good: "software_version as a number") { $0.stated["software_version"] = .raw("1.5") },
        Row(.statementSoftwareID, "a software_id with a hyphen", and: foreignSoftware) {
            $0.stated["software_id"] = "a-b"
        },
        Row(.statementSoftwareID, "a software_id of 23 characters", and: foreignSoftware) {
            $0.stated["software_id"] = long(23)
        },
        Row(.statementOrganisationID, "an org_id with a dot", and: foreignOrganisation) { $0.stated["org_id"] = "a.b" },
        Row(.statementOrganisationID, "an org_id of 36 characters", and: foreignOrganisation) {
            $0.stated["org_id"] = long(36)
        },
    ] + urlRows

private let requiredClaims = [
    "iss", "jti", "software_id", "software_client_id", "org_id", "org_name", "org_status", "software_jwks_endpoint",
    "org_jwks_endpoint",
]
private let foreignSoftware: Set<RuleID> = [.keyURLs, .requestIssuer, .requestSoftwareID]
private let foreignOrganisation: Set<RuleID> = [.keyURLs, .obwacOrganisation]
/// What else an empty text breaks: it is not the issuer, no id, no status and no URL either.
private let emptied: [String: Set<RuleID>] = [
    "iss": [.statementIssuer], "org_status": [.organisationStatus],
    "software_id": foreignSoftware.union([.statementSoftwareID]),
    "org_id": foreignOrganisation.union([.statementOrganisationID]),
    "software_jwks_endpoint": [.keyURLs], "org_jwks_endpoint": [.keyURLs],
]

private func filler(_ count: Int) -> [String] { Array(repeating: String(repeating: "f", count: 6000), count: count) }

private let urlRows: [Row] =
    ["software_jwks_endpoint", "software_jwks_revoked_endpoint", "org_jwks_endpoint", "org_jwks_revoked_endpoint"]
    .map { name in
        Row(.keyURLs, "\(name) on a host nobody allowed") { $0.replace(name, "keystore.", "evil.") }
    } + [
        Row(.keyURLs, "http") { $0.replace("software_jwks_endpoint", "https://", "http://") },
        Row(.keyURLs, "a port") { $0.replace("software_jwks_endpoint", ".org.uk/", ".org.uk:8443/") },
        Row(.keyURLs, "user information") { $0.replace("software_jwks_endpoint", "https://", "https://a@") },
        Row(.keyURLs, "an allowed host in front of another") {
            $0.replace("software_jwks_endpoint", ".org.uk/", ".org.uk.evil.example/")
        },
        Row(.keyURLs, "a query") { $0.replace("software_jwks_endpoint", ".jwks", ".jwks?x=1") },
        Row(.keyURLs, "a fragment") { $0.replace("software_jwks_endpoint", ".jwks", ".jwks#x") },
        Row(.keyURLs, "dot segments") { $0.replace("software_jwks_endpoint", ".org.uk/", ".org.uk/x/../") },
        Row(.keyURLs, "the other software's set") {
            let sibling = try Stage.directory.software[Stage.sibling].id
            $0.replace("software_jwks_endpoint", $0.software.id, sibling)
        },
        Row(.keyURLs, "the organisation's set as the software's") {
            $0.replace("software_jwks_endpoint", $0.software.id, $0.software.organisation.id)
        },
        Row(.keyURLs, "the live set as the revoked one") {
            $0.stated["software_jwks_revoked_endpoint"] = $0.stated["software_jwks_endpoint"]
        },
        Row(.keyURLs, "no path") { $0.stated["software_jwks_endpoint"] = "https://keystore.openbankingtest.org.uk" },
        Row(.keyURLs, "the host in capitals") { $0.replace("software_jwks_endpoint", "keystore", "KEYSTORE") },
    ]

extension Registration {
    /// Replaces the first `old` in a claim of the statement.
    fileprivate mutating func replace(_ name: String, _ old: String, _ new: String) {
        guard case .text(let text)? = stated[name], let range = text.firstRange(of: old) else { return }
        stated[name] = .text(text.replacingCharacters(range, new))
    }
}

extension String {
    fileprivate func replacingCharacters(_ range: Range<String.Index>, _ new: String) -> String {
        String(self[..<range.lowerBound]) + new + String(self[range.upperBound...])
    }
}
