import Crypto
import OpenBanking
import PKIX

@testable import Rules
@testable import Simulator

/// What the bank decided.
let policyInputs = MutantSource(
    "policy",
    weight: 14,
    among: [
        policy("another audience", .refused(.audience)) { policy, _ in policy.audiences = ["other"] },
        policy("no audience", .accepted) { policy, _ in policy.audiences = [] },
        policy("another audience besides", .accepted) { policy, _ in policy.audiences.insert("other", at: 0) },
        policy("another directory's name", .refused(.statementIssuer)) { policy, _ in policy.statementIssuer = "X" },
        policy("another host", .refused(.keyURLs)) { policy, _ in policy.keystoreHosts = ["keystore.example"] },
        policy("no host", .refused(.keyURLs)) { policy, _ in policy.keystoreHosts = [] },
        policy("production", .refused(.environment)) { policy, _ in policy.environment = .production },
        policy("QWAC only", .refused(.profileAllowed)) { policy, _ in policy.certificateProfiles = [.qwac] },
        policy("another member state", .refused(.rolesAuthorised)) { policy, _ in policy.memberState = "FR" },
        policy("a member state of the organisation", .accepted) { policy, _ in policy.memberState = "IE" },
        policy("young statements", .refused(.statementAge)) { policy, _ in policy.statementMaxAge.dcr = 3_539 },
        policy("just young enough", .accepted) { policy, _ in policy.statementMaxAge.dcr = 3_540 },
        policy("short lifetimes", .accepted) { policy, _ in policy.requestMaxLifetime = 60 },
        policy("short lifetimes as an error", .refused(.lifetime)) { policy, _ in
            policy.requestMaxLifetime = 60
            policy.overrides[.lifetime] = .error
        },
        policy("the software is denied", .refused(.denyList)) { policy, r in policy.deniedSoftware = [r.software.id] },
        policy("the organisation is denied", .refused(.denyList)) { policy, r in
            policy.deniedOrganisations = [r.software.organisation.id]
        },
        policy("another is denied", .accepted) { policy, r in
            policy.deniedSoftware = [r.software.organisation.id]
            policy.deniedOrganisations = [r.software.id]
        },
        policy("the signing key is denied", .refused(.requestKeyNotRevoked)) { policy, r in
            policy.deniedKeys = [r.software.signing.key.privateKey.publicKey.spkiSHA256]
        },
        policy("the transport key is denied", .refused(.certificateNotRevoked)) { policy, r in
            policy.deniedKeys = [r.software.transport.key.privateKey.publicKey.spkiSHA256]
        },
        policy("other request algorithms", .refused(.requestAlgorithm)) { policy, r in
            policy.requestAlgorithms = [r.header["alg"] == "ES256" ? .PS256 : .ES256]
        },
        policy("other statement algorithms", .refused(.statementAlgorithm, .statementSignature)) { policy, _ in
            policy.statementAlgorithms = [.ES256]
        },
        policy(
            "other algorithms for clients",
            .refused(.idTokenAlgorithm, .requestObjectAlgorithm, .authenticationAlgorithm)
        ) { policy, r in policy.metadataAlgorithms = [r.header["alg"] == "ES256" ? "PS256" : "ES256"] },
        policy("another method", .refused(.authenticationMethodSupported)) { policy, _ in
            policy.authenticationMethods = [.tlsClientAuth]
        },
        policy("fewer grants", .refused(.metadataSupported)) { policy, _ in
            policy.grantTypes = ["authorization_code", "client_credentials"]
        },
        policy("fewer response types", .refused(.metadataSupported)) { policy, _ in policy.responseTypes = ["code"] },
        policy("no registration", .refused(.operationEnabled)) { policy, _ in policy.operations = [.read, .delete] },
        policy("one operation", .accepted) { policy, _ in policy.operations = [.register] },
        policy("any list of certificates", .accepted) { policy, _ in policy.membership = .off },
        policy("no revocation asked", .accepted) { policy, _ in policy.certificateRevocation = .off },
        policy("small requests", .malformed(.completeFile)) { policy, _ in policy.byteLimit.request = 1_024 },
        policy("a safety rule cannot be switched off", .refused(.requestSignature)) { policy, r in
            policy.overrides[.requestSignature] = .off
            r.request.token.seal = .bytes([1])
        },
        policy("a rule that can", .accepted) { policy, r in
            policy.overrides[.requestIssuer] = .warning
            r.claims["iss"] = "another"
        },
        MutantChange("judged a day later", .accepted) { r, random in
            r.now = Stage.now + random.number(0..<86_400)
        },
        MutantChange("judged a year later", .never(.certificateWindow)) { r, _ in
            r.now = Stage.now + 700 * Stage.day
            for url in r.world.sets.keys { r.world.remake(url, usableUntil: .max) }
        },
    ]
)

private func policy(
    _ what: String,
    _ expected: Expected,
    _ change: @escaping @Sendable (inout Policy, inout Registration) -> Void
) -> MutantChange {
    MutantChange(what, expected) { r, _ in
        var policy = r.policy
        change(&policy, &r)
        r.policy = policy
    }
}
