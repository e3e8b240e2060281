import OpenBanking

@testable import Rules
@testable import Simulator

/// tls_client_auth_subject_dn of a client that authenticates by its certificate (RFC 8705 section 2.1.2, RFC 4514).
let subjectName = MutantSource(
    "request tls_client_auth_subject_dn",
    weight: 10,
    among: [
        subject("as it is", .accepted) { $0 },
        subject("the identifier by number", .accepted) {
            $0.replacing("organizationIdentifier=", with: "2.5.4.97=")
        },
        subject("the identifier by prefix", .accepted) {
            $0.replacing("organizationIdentifier=", with: "OID.2.5.4.97=")
        },
        subject("in upper case", .accepted) { $0.uppercased().replacing("ORGANIZATIONIDENTIFIER", with: "2.5.4.97") },
        subject("spaces around", .accepted) { " " + $0.replacing(",", with: " , ") + " " },
        subject("two spaces in a value", .accepted) { $0.replacing(" Limited", with: "   Limited") },
        subject("in the opposite order", .accepted) { $0.split(separator: ",").reversed().joined(separator: ",") },
        subject("escaped", .accepted) { $0.replacing(" Limited", with: "\\20Limited") },
        subject("parts in another order", .refused(.subjectDN)) { text in
            let parts = text.split(separator: ",")
            return ([parts[1], parts[0]] + parts.dropFirst(2)).joined(separator: ",")
        },
        subject("a part less", .refused(.subjectDN)) { $0.replacing(",C=GB", with: "") },
        subject("a part twice", .refused(.subjectDN)) { $0 + ",C=GB" },
        subject("two parts in one", .refused(.subjectDN)) { $0.replacing(",C=GB", with: "+C=GB") },
        subject("another country", .refused(.subjectDN)) { $0.replacing("C=GB", with: "C=IE") },
        subject("another CN", .refused(.subjectDN)) { "CN=x" + $0.dropFirst(3) },
        subject("another type", .refused(.subjectDN)) { "OU=" + $0.dropFirst(3) },
        subject("invisible", .refused(.subjectDN)) { $0.replacing(" Limited", with: "\u{200B} Limited") },
        subject("a look-alike", .refused(.subjectDN)) { $0.replacing("Limited", with: "Limit\u{435}d") },
        subject("bidirectional control", .refused(.subjectDN, .claimText)) { $0.replacing("GB", with: "GB\u{202E}") },
        subject("control", .refused(.subjectDNForm, .claimText)) { $0.replacing("GB", with: "GB\u{1}") },
        subject("slashes", .refused(.subjectDNForm)) { "/" + $0.replacing(",", with: "/") },
        subject("semicolons", .refused(.subjectDNForm)) { $0.replacing(",", with: ";") },
        subject("an unknown type", .refused(.subjectDNForm)) { "XX=" + $0.dropFirst(3) },
        subject("prose", .refused(.subjectDNForm)) { _ in "the certificate's subject" },
        subject("a stray comma", .refused(.subjectDNForm)) { $0 + "," },
        subject("over 512 bytes", .refused(.subjectDNForm)) { $0 + ",O=" + String(repeating: "a", count: 512) },
        subject("empty", .refused(.subjectDNPresent)) { _ in "" },
        MutantChange("absent", .refused(.subjectDNPresent)) { r, _ in
            r.useSubject("")
            r.claims["tls_client_auth_subject_dn"] = nil
        },
        MutantChange("a number", .refused(.subjectDNPresent)) { r, _ in
            r.useSubject("")
            r.claims["tls_client_auth_subject_dn"] = 7
        },
        MutantChange("by the name of 3.1", .accepted) { r, _ in
            r.useSubject("")
            r.claims["tls_client_auth_subject_dn"] = nil
            r.claims.append("tls_client_auth_dn", .text(name(r)))
        },
        MutantChange("by both names, differently", .refused(.subjectDNPresent)) { r, _ in
            r.useSubject(name(r))
            r.claims.append("tls_client_auth_dn", "CN=other")
        },
    ]
)

/// The subject of the software's certificate in RFC 4514 order.
private func name(_ r: Registration) -> String {
    let organisation = r.software.organisation
    return "CN=\(organisation.id),organizationIdentifier=\(organisation.organisationIdentifier),"
        + "O=\(organisation.name),C=GB"
}

private func subject(
    _ what: String,
    _ expected: Expected,
    _ change: @escaping @Sendable (String) -> String
) -> MutantChange {
    MutantChange(what, expected) { r, _ in r.useSubject(change(name(r))) }
}

/// Claims that nobody asked for.
let unaskedClaims = MutantSource(
    "request unasked claims",
    weight: 4,
    among: [
        added("x_bank", "anything"), added("x_bank", "\u{202E}"), added("__proto__", .object(["iss": "other"])),
        added("ISS", "other"), added("iss ", "other"), added("scopes", "admin"),
        added("client_id", "mine"), added("client_id", "\u{1}", .claimText),
        added("software_statements", ["a"]), added("jwks", .object(["keys": []])),
        added("jwks_uri", "https://evil.example/jwks"), added("nbf", 9_999_999_999),
        added("tls_client_auth_subject_dn", "CN=anybody"),
        added("tls_client_auth_subject_dn", "nobody", .subjectDNForm),
        added("backchannel_token_delivery_mode", "poll", .deliveryMode),
        added("backchannel_client_notification_endpoint", "https://a.example/", .notificationEndpoint),
        added("backchannel_authentication_request_signing_alg", "PS256", .backchannelAlgorithm),
        added("backchannel_user_code_parameter_supported", false, .userCode),
    ]
)

private func added(_ claim: String, _ value: DraftValue, _ rules: RuleID...) -> MutantChange {
    MutantChange("\(claim) added", .refused(Set(rules))) { r, _ in r.claims.append(claim, value) }
}
