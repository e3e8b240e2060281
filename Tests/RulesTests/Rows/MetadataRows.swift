import Crypto
import Encoding
import OpenBanking

@testable import Rules
@testable import Simulator

/// Client metadata, one by one and together.
let metadataRows: [Row] =
    methodRows + grantRows + algorithmRows + subjectClaimRows + [
        Row(.applicationType, "no application_type") { $0.claims["application_type"] = nil },
        Row(.applicationType, "service") { $0.claims["application_type"] = "service" },
        Row(.applicationType, "Web") { $0.claims["application_type"] = "Web" },
        Row(.applicationType, "a list") { $0.claims["application_type"] = ["web"] },
        Row(good: "mobile (A-07)") { $0.claims["application_type"] = "mobile" },
        Row(good: "native (A-07)") { $0.claims["application_type"] = "native" },
        Row(.scopeForm, "no scope") { $0.claims["scope"] = nil },
        Row(.scopeForm, "a list of scopes after 3.1") { $0.claims["scope"] = ["openid", "accounts"] },
        Row(good: "a list of scopes under 3.1 (A-02)") {
            $0.policy.profile = .v31
            $0.claims["scope"] = ["openid", "accounts"]
        },
        Row(good: "no scope under 3.1 (A-02)") {
            $0.policy.profile = .v31
            $0.claims["scope"] = nil
        },
        Row(.scopeForm, "a number in the list under 3.1") {
            $0.policy.profile = .v31
            $0.claims["scope"] = ["openid", 5]
        },
        Row(.scopeForm, "an empty scope", and: [.idTokenNeedsOpenID]) { $0.claims["scope"] = "" },
        Row(.scopeForm, "two spaces") { $0.claims["scope"] = "openid  accounts" },
        Row(.scopeForm, "a space in front") { $0.claims["scope"] = " openid accounts" },
        Row(.scopeForm, "a tab", and: [.claimText, .scopeKnown, .idTokenNeedsOpenID]) {
            $0.claims["scope"] = "openid\taccounts"
        },
        Row(.scopeForm, "a quotation mark", and: [.scopeKnown]) { $0.claims["scope"] = "openid \"accounts" },
        Row(.scopeForm, "257 bytes", and: [.scopeKnown]) { $0.claims["scope"] = .text("openid " + filler(250)) },
        Row(.scopeKnown, "256 bytes are merely unknown") { $0.claims["scope"] = .text("openid " + filler(249)) },
        Row(.idTokenNeedsOpenID, "code id_token without openid") { $0.claims["scope"] = "accounts" },
        Row(good: "code without openid") {
            $0.claims["scope"] = "accounts"
            $0.claims["response_types"] = ["code"]
        },
    ]

private func filler(_ count: Int) -> String { String(repeating: "s", count: count) }

private let methodRows: [Row] = [
    Row(.authenticationMethodForm, "no method") { $0.claims["token_endpoint_auth_method"] = nil },
    Row(.authenticationMethodForm, "none") { $0.claims["token_endpoint_auth_method"] = "none" },
    Row(.authenticationMethodForm, "in capitals") { $0.claims["token_endpoint_auth_method"] = "PRIVATE_KEY_JWT" },
    Row(.authenticationMethodForm, "a list") { $0.claims["token_endpoint_auth_method"] = ["private_key_jwt"] },
    Row(
        .authenticationMethodForm,
        "client_secret_jwt under 3.1",
        and: [
            .authenticationMethodSupported, .authenticationMethodFAPI, .authenticationAlgorithm,
        ]
    ) {
        $0.policy.profile = .v31
        $0.claims["token_endpoint_auth_method"] = "client_secret_jwt"
    },
    Row(.authenticationMethodSupported, "tls_client_auth where the bank has private_key_jwt only") {
        $0.policy.authenticationMethods = [.privateKeyJWT]
        $0.useSubject($0.subjectName)
    },
    Row(.authenticationMethodFAPI, "client_secret_basic the bank supports, under FAPI") {
        $0.policy.authenticationMethods.append(.clientSecretBasic)
        $0.claims["token_endpoint_auth_method"] = "client_secret_basic"
    },
    Row(good: "client_secret_basic the bank supports, without FAPI") {
        $0.policy.authenticationMethods.append(.clientSecretBasic)
        $0.policy.isFAPI = false
        $0.claims["token_endpoint_auth_method"] = "client_secret_basic"
    },
    Row(.authenticationMethodSupported, "client_secret_post", and: [.authenticationMethodFAPI]) {
        $0.claims["token_endpoint_auth_method"] = "client_secret_post"
    },
]

private let grantRows: [Row] = [
    Row(.grantTypesForm, "no grant_types", and: [.codeGrantResponse]) { $0.claims["grant_types"] = nil },
    Row(.grantTypesForm, "an empty list", and: [.codeGrantResponse]) { $0.claims["grant_types"] = [] },
    Row(.grantTypesForm, "a string", and: [.codeGrantResponse]) { $0.claims["grant_types"] = "authorization_code" },
    Row(.grantTypesForm, "a number in the list") { $0.claims["grant_types"] = ["authorization_code", 1] },
    Row(.grantTypesForm, "a grant twice") {
        $0.claims["grant_types"] = ["authorization_code", "client_credentials", "authorization_code"]
    },
    Row(.grantTypesForm, "password", and: [.metadataSupported]) {
        $0.claims["grant_types"] = ["authorization_code", "password"]
    },
    Row(.grantTypesForm, "implicit", and: [.metadataSupported]) {
        $0.claims["grant_types"] = ["authorization_code", "implicit"]
    },
    Row(.grantTypesForm, "the JWT bearer grant before 3.4", and: [.metadataSupported]) {
        $0.claims["grant_types"] = ["authorization_code", "urn:ietf:params:oauth:grant-type:jwt-bearer"]
    },
    Row(.metadataSupported, "the JWT bearer grant of 3.4, which the bank does not support") {
        $0.policy.profile = .v34
        $0.claims["grant_types"] = ["authorization_code", "urn:ietf:params:oauth:grant-type:jwt-bearer"]
    },
    Row(.metadataSupported, "a response type the bank does not support") {
        $0.policy.responseTypes = ["code id_token"]
        $0.claims["response_types"] = ["code"]
    },
    Row(
        .responseTypesForm,
        "id_token and token (conformance test DCR-011)",
        and: [
            .codeGrantResponse, .metadataSupported,
        ]
    ) { $0.claims["response_types"] = ["id_token", "token"] },
    Row(.responseTypesForm, "an empty list", and: [.codeGrantResponse]) { $0.claims["response_types"] = [] },
    Row(.responseTypesForm, "a string", and: [.codeGrantResponse]) { $0.claims["response_types"] = "code id_token" },
    Row(.responseTypesForm, "null", and: [.codeGrantResponse]) { $0.claims["response_types"] = .null },
    Row(.responseTypesForm, "a number in the list") { $0.claims["response_types"] = ["code id_token", 5] },
    Row(.responseTypesForm, "code id_token token", and: [.metadataSupported]) {
        $0.claims["response_types"] = ["code id_token", "code id_token token"]
    },
    Row(good: "id_token code") { $0.claims["response_types"] = ["id_token code"] },
    Row(good: "no response_types: code id_token") { $0.claims["response_types"] = nil },
    Row(.codeGrantResponse, "code id_token without authorization_code") {
        $0.claims["grant_types"] = ["client_credentials"]
    },
    Row(good: "client_credentials alone, with neither grant nor response type for the customer") {
        $0.claims["grant_types"] = ["client_credentials"]
        $0.claims["response_types"] = nil
    },
]

private let algorithmRows: [Row] =
    ["id_token_signed_response_alg", "request_object_signing_alg"].flatMap { name -> [Row] in
        let rule: RuleID = name.hasPrefix("id") ? .idTokenAlgorithm : .requestObjectAlgorithm
        return [
            Row(rule, "no \(name)") { $0.claims[name] = nil },
            Row(rule, "\(name) none") { $0.claims[name] = "none" },
            Row(rule, "\(name) RS256 (A-06)") { $0.claims[name] = "RS256" },
            Row(rule, "\(name) HS256") { $0.claims[name] = "HS256" },
            Row(rule, "\(name) is a list") { $0.claims[name] = ["PS256"] },
            Row(good: "\(name) ES256") { $0.claims[name] = "ES256" },
        ]
    } + [
        Row(.authenticationAlgorithmPresent, "none for private_key_jwt (A-08)") {
            $0.claims["token_endpoint_auth_signing_alg"] = nil
        },
        Row(good: "none for tls_client_auth") { $0.useSubject($0.subjectName) },
        Row(.authenticationAlgorithmPresent, "none for tls_client_auth under 3.1, on the strict side (A-08)") {
            $0.policy.profile = .v31
            $0.policy.isStrict = true
            $0.stated["iat"] = .number(Stage.now)
            $0.useSubject($0.subjectName)
        },
        Row(good: "none for tls_client_auth under 3.1 (A-08)") {
            $0.policy.profile = .v31
            $0.useSubject($0.subjectName)
        },
        Row(.applicationType, "mobile, where the bank takes web only") {
            $0.policy.applicationTypes = ["web"]
            $0.claims["application_type"] = "mobile"
        },
        Row(good: "web, where the bank takes web only") { $0.policy.applicationTypes = ["web"] },
        Row(.authenticationAlgorithm, "RS256") { $0.claims["token_endpoint_auth_signing_alg"] = "RS256" },
        Row(.authenticationAlgorithm, "none by name") { $0.claims["token_endpoint_auth_signing_alg"] = "none" },
        Row(.authenticationAlgorithm, "null") { $0.claims["token_endpoint_auth_signing_alg"] = .null },
        Row(.authenticationAlgorithm, "HS256 for private_key_jwt (A-09)") {
            $0.claims["token_endpoint_auth_signing_alg"] = "HS256"
        },
        Row(good: "HS256 for client_secret_jwt, where the bank has it (A-09)") {
            $0.allowSecretJWT()
            $0.claims["token_endpoint_auth_signing_alg"] = "HS256"
        },
        Row(.authenticationAlgorithm, "PS256 for client_secret_jwt (A-09)") { $0.allowSecretJWT() },
        Row(.authenticationAlgorithmPresent, "none for client_secret_jwt") {
            $0.allowSecretJWT()
            $0.claims["token_endpoint_auth_signing_alg"] = nil
        },
    ]

private let subjectClaimRows: [Row] = [
    Row(.subjectDNPresent, "tls_client_auth without a subject") {
        $0.claims["token_endpoint_auth_method"] = "tls_client_auth"
    },
    Row(.subjectDNPresent, "a subject that is no string") {
        $0.useSubject("x")
        $0.claims["tls_client_auth_subject_dn"] = 5
    },
    Row(.subjectDNPresent, "an empty subject") { $0.useSubject("") },
    Row(.subjectDNPresent, "two names with different subjects") {
        $0.useSubject($0.subjectName)
        $0.claims.append("tls_client_auth_dn", "CN=other")
    },
    Row(good: "two names alike") {
        $0.useSubject($0.subjectName)
        $0.claims.append("tls_client_auth_dn", .text($0.subjectName))
    },
    Row(good: "3.1's name alone") {
        $0.useSubject($0.subjectName)
        $0.claims["tls_client_auth_subject_dn"] = nil
        $0.claims.append("tls_client_auth_dn", .text($0.subjectName))
    },
    Row(good: "a subject with private_key_jwt") {
        $0.claims.append("tls_client_auth_subject_dn", .text($0.subjectName))
    },
    Row(.subjectDNForm, "a subject that is no DN") { $0.useSubject("not a name") },
    Row(.subjectDNForm, "the slash form") { $0.useSubject("/C=GB/O=x") },
    Row(.subjectDNForm, "an unknown attribute") { $0.useSubject("FOO=bar") },
    Row(.subjectDNForm, "513 bytes") { $0.useSubject("CN=" + String(repeating: "a", count: 510)) },
    Row(.subjectDN, "512 bytes are merely another name") { $0.useSubject("CN=" + String(repeating: "a", count: 509)) },
]

extension Registration {
    /// The subject of an OBWAC in RFC 4514 order.
    var subjectName: String {
        let holder = software.organisation
        return "CN=\(holder.id),organizationIdentifier=\(holder.organisationIdentifier),O=\(holder.name),C=GB"
    }

    /// Asks for `tls_client_auth` with this subject.
    mutating func useSubject(_ name: String) {
        claims["token_endpoint_auth_method"] = "tls_client_auth"
        claims["token_endpoint_auth_signing_alg"] = nil
        claims["tls_client_auth_subject_dn"] = .text(name)
    }

    mutating func allowSecretJWT() {
        policy.authenticationMethods.append(.clientSecretJWT)
        policy.isFAPI = false
        claims["token_endpoint_auth_method"] = "client_secret_jwt"
    }
}
