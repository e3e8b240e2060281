import Encoding
import OpenBanking

/// The form of each piece of client metadata.
let metadataFormRules: [Rule] = [
    Rule(
        .authenticationMethodForm,
        "token_endpoint_auth_method is present and one of this version's",
        source: "OB DCR 3.1 to 3.3, token_endpoint_auth_method",
        reports: .invalidClientMetadata,
        needs: [.metadata],
        settings: ["policy.profile"],
        remedy: "Use private_key_jwt or tls_client_auth.",
        check: methodIsOfThisVersion
    ),
    Rule(
        .grantTypesForm,
        "grant_types is a non-empty array of unique values of this version",
        source: "OB DCR 3.3, grant_types",
        reports: .invalidClientMetadata,
        needs: [.metadata],
        settings: ["policy.profile"],
        remedy: "List the grants the client needs, each once.",
        check: grantTypesAreOfThisVersion
    ),
    Rule(
        .responseTypesForm,
        "response_types, where present, holds only code and code id_token",
        source: "OB DCR 3.3, response_types; conformance test DCR-011",
        reports: .invalidClientMetadata,
        needs: [.metadata],
        note: "Never replaced by another value: the TPP would take its client for what it is not.",
        remedy: "Ask for code id_token, or code.",
        check: responseTypesAreKnown
    ),
    Rule(
        .responseTypesDefault,
        "response_types that are absent become code id_token",
        source: "OB DCR 3.3, response_types",
        reports: nil,
        severity: .info,
        needs: [.metadata],
        remedy: "Nothing to do; send the claim to choose otherwise."
    ) { $0.claim(.responseTypes) == nil ? Fault("response_types is absent: code id_token is registered") : nil },
    Rule(
        .scopeForm,
        "scope is a string of scope tokens, at most 256 bytes",
        source: "OB DCR 3.2 and 3.3, scope; RFC 6749 section 3.3",
        reports: .invalidClientMetadata,
        needs: [.metadata],
        settings: ["policy.profile"],
        note:
            "A scope that is absent is refused from 3.2 on; no default is put in its place. Softened to a warning, it lets an array pass as 3.1 does.",
        remedy: "Send scope as one string, tokens parted by single spaces.",
        check: scopeHasAForm
    ),
    Rule(
        .scopeForm31,
        "under 3.1 scope may be absent or an array of strings",
        source: "OB DCR 3.1, scope (A-02)",
        reports: .invalidClientMetadata,
        severity: .info,
        needs: [.metadata],
        settings: ["policy.profile"],
        remedy: "Nothing to do; later versions want one string."
    ) { r in
        guard r.policy.profile == .v31, r.text(.scope) == nil else { return nil }
        return Fault("scope is \(r.claim(.scope) == nil ? "absent" : "an array"), as 3.1 allows")
    },
    Rule(
        .applicationType,
        "application_type is web, mobile or native, or what of them the bank takes",
        source: "OB DCR 3.3 and 3.4, application_type (A-07)",
        reports: .invalidClientMetadata,
        needs: [.metadata],
        settings: ["policy.application_types"],
        remedy: "Set application_type to web."
    ) { choiceFault($0, .applicationType, among: $0.policy.applicationTypes) },
    Rule(
        .idTokenAlgorithm,
        "id_token_signed_response_alg is one the bank signs with",
        source: "OB DCR 3.3 (FAPI-RW), id_token_signed_response_alg",
        reports: .invalidClientMetadata,
        needs: [.metadata],
        settings: ["policy.metadata_algorithms"],
        remedy: "Set id_token_signed_response_alg to PS256 or ES256."
    ) { choiceFault($0, .idTokenAlgorithm, among: $0.policy.metadataAlgorithms) },
    Rule(
        .requestObjectAlgorithm,
        "request_object_signing_alg is one the bank accepts, never none",
        source: "OB DCR 3.3 (FAPI-RW), request_object_signing_alg",
        reports: .invalidClientMetadata,
        needs: [.metadata],
        settings: ["policy.metadata_algorithms"],
        remedy: "Set request_object_signing_alg to PS256 or ES256."
    ) { choiceFault($0, .requestObjectAlgorithm, among: $0.policy.metadataAlgorithms) },
    Rule(
        .authenticationAlgorithmPresent,
        "token_endpoint_auth_signing_alg is present where the method signs",
        source: "OB DCR 3.2 and 3.3, token_endpoint_auth_signing_alg (A-08)",
        reports: .invalidClientMetadata,
        needs: [.metadata],
        settings: ["policy.strict"],
        remedy: "Add token_endpoint_auth_signing_alg."
    ) { r in
        let isAsked = r.policy.profile == .v31 && r.policy.isStrict
        let signs = r.method == .privateKeyJWT || r.method == .clientSecretJWT || isAsked
        return signs && r.claim(.authenticationAlgorithm) == nil
            ? Fault("token_endpoint_auth_signing_alg is missing") : nil
    },
    Rule(
        .authenticationAlgorithm,
        "token_endpoint_auth_signing_alg is one the bank accepts",
        source: "OB DCR 3.3, token_endpoint_auth_signing_alg (A-09)",
        reports: .invalidClientMetadata,
        needs: [.metadata],
        settings: ["policy.metadata_algorithms"],
        remedy: "Set token_endpoint_auth_signing_alg to PS256 or ES256."
    ) { r in
        guard r.claim(.authenticationAlgorithm) != nil else { return nil }
        let allowed = r.method == .clientSecretJWT ? ["HS256"] : r.policy.metadataAlgorithms
        return choiceFault(r, .authenticationAlgorithm, among: allowed)
    },
    Rule(
        .subjectDNPresent,
        "tls_client_auth names the certificate's subject, once or twice alike",
        source: "OB DCR 3.2 and 3.3, tls_client_auth_subject_dn; 3.1, tls_client_auth_dn",
        reports: .invalidClientMetadata,
        needs: [.metadata],
        remedy: "Add tls_client_auth_subject_dn with the subject of the transport certificate.",
        check: subjectIsNamed
    ),
    Rule(
        .subjectDNUnasked,
        "a subject DN comes only with tls_client_auth",
        source: "OB DCR 3.3, tls_client_auth_subject_dn",
        reports: .invalidClientMetadata,
        severity: .warning,
        needs: [.metadata],
        remedy: "Leave tls_client_auth_subject_dn out, or use tls_client_auth."
    ) { r in
        guard r.method != .tlsClientAuth, let dn = r.text(.subjectDN) ?? r.text(.subjectDNOf31) else { return nil }
        return Fault("a subject DN is given, but the method is not tls_client_auth", dn)
    },
    Rule(
        .subjectDNForm,
        "the subject DN is an RFC 4514 string of at most 512 bytes",
        source: "OB DCR 3.3 and 3.4, tls_client_auth_subject_dn; RFC 4514",
        reports: .invalidClientMetadata,
        needs: [.metadata],
        remedy: "Write the DN as CN=…,organizationIdentifier=…,O=…,C=….",
        check: subjectIsADN
    ),
]
