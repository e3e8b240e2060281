import OpenBanking

@testable import Rules
@testable import Simulator

/// The request's claims that are strings: OB DCR 3.3, table of OBClientRegistrationRequest1.
let requestTextRows: [TextRow] = [
    TextRow(
        "iss",
        absent: [.issuerForm],
        mistyped: [.issuerForm],
        empty: [.issuerForm, .requestIssuer],
        other: [.requestIssuer],
        malformed: [.issuerForm, .requestIssuer]
    ),
    TextRow(
        "aud",
        absent: [.audienceForm],
        mistyped: [.audienceForm],
        empty: [.audienceForm, .audience],
        other: [.audience],
        malformed: [.audience],
        except: [.list: []]
    ),
    TextRow(
        "jti",
        absent: [.jwtIDForm],
        mistyped: [.jwtIDForm],
        empty: [.jwtIDForm],
        other: [],
        malformed: [],
        except: [.long: [.jwtIDForm, .claimText]]
    ),
    TextRow(
        "software_id",
        absent: [],
        mistyped: [.softwareIDForm],
        empty: [.softwareIDForm, .requestSoftwareID],
        other: [.requestSoftwareID],
        malformed: [.softwareIDForm, .requestSoftwareID]
    ),
    TextRow("token_endpoint_auth_method", .authenticationMethodForm),
    TextRow("application_type", .applicationType),
    TextRow("id_token_signed_response_alg", .idTokenAlgorithm, good: ["PS256", "ES256"]),
    TextRow("request_object_signing_alg", .requestObjectAlgorithm, good: ["PS256", "ES256"]),
    TextRow(
        "token_endpoint_auth_signing_alg",
        .authenticationAlgorithm,
        absent: [.authenticationAlgorithmPresent],
        good: ["PS256", "ES256"]
    ),
    TextRow(unchecked: "client_name"),
    TextRow(unchecked: "subject_type"),
]

let requestTexts: [MutantSource] =
    requestTextRows.map { row in
        MutantSource("request \(row.claim)", weight: 4) { r, random in
            if r.claims[row.claim] == nil { r.claims.append(row.claim, "value") }
            let change = TextChange.allCases[Int(random.next() % UInt64(TextChange.allCases.count))]
            change.apply(to: &r.claims, row.claim, &random)
            return (
                change.rawValue,
                row.expected(change, r.claims[row.claim], text: [.claimText], repeated: .malformed(.strictJSON))
            )
        }
    } + [chosenTexts]

/// Values of the lists, allowed here or not.
private let chosenTexts = MutantSource(
    "request choices",
    weight: 4,
    among: [
        choice(
            "token_endpoint_auth_method",
            "client_secret_basic",
            .authenticationMethodSupported,
            .authenticationMethodFAPI
        ),
        choice(
            "token_endpoint_auth_method",
            "client_secret_post",
            .authenticationMethodSupported,
            .authenticationMethodFAPI
        ),
        choice(
            "token_endpoint_auth_method",
            "client_secret_jwt",
            .authenticationMethodSupported,
            .authenticationMethodFAPI,
            .authenticationAlgorithm
        ),
        choice("token_endpoint_auth_method", "tls_client_auth", .subjectDNPresent),
        choice("token_endpoint_auth_method", "none", .authenticationMethodForm),
        choice("application_type", "mobile"), choice("application_type", "native"),
        choice("application_type", "desktop", .applicationType),
        choice("id_token_signed_response_alg", "PS256"), choice("id_token_signed_response_alg", "ES256"),
        choice("id_token_signed_response_alg", "RS256", .idTokenAlgorithm),
        choice("id_token_signed_response_alg", "none", .idTokenAlgorithm),
        choice("request_object_signing_alg", "PS256"), choice("request_object_signing_alg", "ES256"),
        choice("request_object_signing_alg", "none", .requestObjectAlgorithm),
        choice("request_object_signing_alg", "HS256", .requestObjectAlgorithm),
        choice("token_endpoint_auth_signing_alg", "PS256"), choice("token_endpoint_auth_signing_alg", "ES256"),
        choice("token_endpoint_auth_signing_alg", "HS256", .authenticationAlgorithm),
        choice("token_endpoint_auth_signing_alg", "PS384", .authenticationAlgorithm),
    ]
)

private func choice(_ claim: String, _ value: String, _ rules: RuleID...) -> MutantChange {
    MutantChange("\(claim) \(value)", .refused(Set(rules))) { r, _ in r.claims[claim] = .text(value) }
}
