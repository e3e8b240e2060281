import OpenBanking

@testable import Rules
@testable import Simulator

/// Claims of the request that are lists, and scope, which is one in a string.
let requestLists: [MutantSource] = [redirects, grants, responses, scopes, audiences]

private func value(_ claim: String, _ name: String, _ value: DraftValue?, _ rules: RuleID...) -> MutantChange {
    MutantChange("\(claim): \(name)", .refused(Set(rules))) { r, _ in r.claims[claim] = value }
}

/// Another value made from the first redirect URI.
private func redirect(_ name: String, _ rules: RuleID..., make: @escaping @Sendable (String) -> String) -> MutantChange
{
    MutantChange("redirect_uris: \(name)", .refused(Set(rules))) { r, random in
        var uris = r.software.redirectURIs
        let place = Int(random.next() % UInt64(uris.count))
        uris[place] = make(uris[place])
        r.claims["redirect_uris"] = .texts(uris)
    }
}

private let redirects = MutantSource(
    "request redirect_uris",
    weight: 12,
    among: [
        value("redirect_uris", "absent", nil),
        value("redirect_uris", "null", .null, .redirectURIsForm),
        value("redirect_uris", "bool", true, .redirectURIsForm),
        value("redirect_uris", "none", [], .redirectURIsForm),
        value("redirect_uris", "object", .object([:]), .redirectURIsForm),
        MutantChange("redirect_uris: a string", .refused(.redirectURIsForm)) { r, _ in
            r.claims["redirect_uris"] = .text(r.software.redirectURIs[0])
        },
        MutantChange("redirect_uris: a number among them", .refused(.redirectURIsForm)) { r, _ in
            r.claims["redirect_uris"] = .list([.text(r.software.redirectURIs[0]), 7])
        },
        MutantChange("redirect_uris: in any order", .accepted) { r, random in
            r.claims["redirect_uris"] = .texts(r.software.redirectURIs.shuffled(using: &random))
        },
        MutantChange("redirect_uris: one of them", .accepted) { r, random in
            r.claims["redirect_uris"] = .texts([r.software.redirectURIs.randomElement(using: &random) ?? ""])
        },
        MutantChange("redirect_uris: one twice", .accepted) { r, _ in
            r.claims["redirect_uris"] = .texts(r.software.redirectURIs + [r.software.redirectURIs[0]])
        },
        MutantChange("redirect_uris: twice the claim", .malformed(.strictJSON)) { r, _ in
            r.claims.append("redirect_uris", .texts(r.software.redirectURIs))
        },
        redirect("another path", .redirectListed) { $0 + "x" },
        redirect("a slash more", .redirectListed) { $0 + "/" },
        redirect("a query", .redirectListed) { $0 + "?a=1" },
        redirect("the default port", .redirectListed) { $0.replacing(".example/", with: ".example:443/") },
        redirect("a dot behind the host", .redirectListed) { $0.replacing(".example/", with: ".example./") },
        redirect("an upper-case scheme", .redirectListed) { "HTTPS" + $0.dropFirst(5) },
        redirect("percent-encoded", .redirectListed) { $0.replacing("callback", with: "%63allback") },
        redirect("http", .redirectScheme, .redirectListed) { "http" + $0.dropFirst(5) },
        redirect("an app's own scheme", .redirectScheme, .redirectListed) { "app" + $0.dropFirst(5) },
        redirect("local", .redirectHost, .redirectListed) { _ in "https://localhost/callback/0" },
        redirect("a number for this machine", .redirectHost, .redirectListed) { _ in "https://0x7f000001/callback/0" },
        redirect("a private address", .redirectHost, .redirectListed) { _ in "https://10.1.2.3/callback/0" },
        redirect("a fragment", .redirectFragment, .redirectListed) { $0 + "#x" },
        redirect("a wildcard", .redirectPattern, .redirectListed) { $0 + "/*" },
        redirect("a segment up", .redirectPattern, .redirectListed) { $0 + "/../0" },
        redirect("an encoded segment up", .redirectPattern, .redirectListed) { $0 + "/%2e%2E/0" },
        redirect("user information", .redirectForm, .redirectListed) { "https://bank@" + $0.dropFirst(8) },
        redirect("a space", .redirectForm, .redirectListed) { $0 + " " },
        redirect("a backslash", .redirectForm, .redirectListed) { $0 + "\\x" },
        redirect("a look-alike", .redirectForm, .redirectListed) { $0.replacing("callback", with: "c\u{430}llback") },
        redirect("an invisible character", .redirectForm, .redirectListed) { $0 + "\u{200B}" },
        redirect("control characters", .redirectForm, .redirectListed, .claimText) { $0 + "\u{202E}" },
        redirect("257 bytes", .redirectForm, .redirectListed) {
            $0 + String(repeating: "a", count: 257 - $0.utf8.count)
        },
        redirect("nothing", .redirectForm, .redirectListed) { _ in "" },
    ]
)

private let grants = MutantSource(
    "request grant_types",
    weight: 6,
    among: [
        value("grant_types", "absent", nil, .grantTypesForm, .codeGrantResponse),
        value("grant_types", "null", .null, .grantTypesForm, .codeGrantResponse),
        value("grant_types", "none", [], .grantTypesForm, .codeGrantResponse),
        value("grant_types", "a string", "authorization_code", .grantTypesForm, .codeGrantResponse),
        value("grant_types", "code alone", ["authorization_code"]),
        value("grant_types", "another order", ["client_credentials", "authorization_code", "refresh_token"]),
        value("grant_types", "twice", ["authorization_code", "authorization_code"], .grantTypesForm),
        value("grant_types", "a number", ["authorization_code", 1], .grantTypesForm),
        value("grant_types", "implicit", ["authorization_code", "implicit"], .grantTypesForm, .metadataSupported),
        value("grant_types", "password", ["authorization_code", "password"], .grantTypesForm, .metadataSupported),
        value("grant_types", "no code", ["client_credentials"], .codeGrantResponse),
        value(
            "grant_types",
            "upper case",
            ["AUTHORIZATION_CODE"],
            .grantTypesForm,
            .metadataSupported,
            .codeGrantResponse
        ),
        value(
            "grant_types",
            "CIBA without its claims",
            ["authorization_code", "urn:openid:params:grant-type:ciba"],
            .deliveryMode,
            .backchannelAlgorithm
        ),
    ]
)

private let responses = MutantSource(
    "request response_types",
    weight: 6,
    among: [
        value("response_types", "absent", nil),
        value("response_types", "null", .null, .responseTypesForm, .codeGrantResponse),
        value("response_types", "none", [], .responseTypesForm, .codeGrantResponse),
        value("response_types", "a string", "code id_token", .responseTypesForm, .codeGrantResponse),
        value("response_types", "code", ["code"]),
        value("response_types", "the other order", ["id_token code"]),
        value("response_types", "both", ["code", "code id_token"]),
        value("response_types", "a number", ["code id_token", 1], .responseTypesForm),
        value("response_types", "token", ["code id_token", "token"], .responseTypesForm, .metadataSupported),
        value("response_types", "id_token", ["id_token"], .responseTypesForm, .metadataSupported, .codeGrantResponse),
        value(
            "response_types",
            "two spaces",
            ["code  id_token"],
            .responseTypesForm,
            .metadataSupported,
            .codeGrantResponse
        ),
    ]
)

private let scopes = MutantSource(
    "request scope",
    weight: 8,
    among: [
        value("scope", "absent", nil, .scopeForm),
        value("scope", "null", .null, .scopeForm, .idTokenNeedsOpenID),
        value("scope", "a number", 7, .scopeForm, .idTokenNeedsOpenID),
        value("scope", "a list", ["openid"], .scopeForm),
        value("scope", "a list of one string", ["openid accounts"], .scopeForm, .scopeKnown, .idTokenNeedsOpenID),
        value("scope", "empty", "", .scopeForm, .idTokenNeedsOpenID),
        value("scope", "openid alone", "openid"),
        value("scope", "without openid", "accounts", .idTokenNeedsOpenID),
        value("scope", "unknown", "openid admin", .scopeKnown),
        value("scope", "upper case", "OPENID", .scopeKnown, .idTokenNeedsOpenID),
        value("scope", "two spaces", "openid  accounts", .scopeForm),
        value("scope", "a tab", "openid\taccounts", .scopeForm, .scopeKnown, .idTokenNeedsOpenID, .claimText),
        value("scope", "a quotation mark", "openid \"", .scopeForm, .scopeKnown),
        value("scope", "invisible", "openid accounts\u{200B}", .scopeForm, .scopeKnown),
        MutantChange("scope: another order", .accepted) { r, random in
            guard case .text(let scope)? = r.claims["scope"] else { return }
            r.claims["scope"] = .text(scope.split(separator: " ").shuffled(using: &random).joined(separator: " "))
        },
        MutantChange("scope: a role the software has not", .refused(.scopeAllowed)) { r, _ in
            let scopes = [("AISP", "accounts"), ("PISP", "payments"), ("CBPII", "fundsconfirmations")]
            let missing = scopes.first { !r.software.roles.contains($0.0) }
            r.claims["scope"] = .text("openid \(missing?.1 ?? "accounts")")
            if missing == nil { r.stated["software_roles"] = ["PISP"] }
        },
        MutantChange("scope: 257 bytes", .refused(.scopeForm)) { r, _ in
            r.claims["scope"] = .text(Array(repeating: "openid", count: 40).joined(separator: " "))
        },
    ]
)

private let audiences = MutantSource(
    "request aud as a list",
    weight: 4,
    among: [
        value("aud", "one", [.text(Stage.audience)]),
        value("aud", "among others", ["https://other.example", .text(Stage.audience)]),
        value("aud", "others", ["https://other.example"], .audience),
        value("aud", "none", [], .audienceForm, .audience),
        value("aud", "an empty one", [.text(Stage.audience), ""], .audienceForm),
        value("aud", "a number", [.text(Stage.audience), 1], .audienceForm),
        value("aud", "a part", [.text(String(Stage.audience.dropLast()))], .audience),
    ]
)
