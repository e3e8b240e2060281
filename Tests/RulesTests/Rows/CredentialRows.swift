import Encoding
import OpenBanking

@testable import Rules
@testable import Simulator

/// Which credentials are given or kept (rules ).
let credentialRows: [Row] = [
    Row(good: "the environment asked for is the statement's") {
        $0.request.record.append("environment", "sandbox")
    },
    Row(good: "the environment asked for at the portal is the statement's", as: .manual) {
        $0.manual.record.append("environment", "sandbox")
    },
    Row(.credentialEnvironment, "production credentials for a statement of the sandbox", as: .manual) {
        $0.manual.record.append("environment", "production")
    },
    Row(.credentialEnvironment, "the same for a dynamic registration") {
        $0.request.record.append("environment", "production")
    },
    Row(.credentialEnvironment, "an environment nobody knows, at the portal", and: [.environment], as: .manual) {
        $0.stated["software_environment"] = "staging"
    },
    Row(.credentialEnvironment, "the same where the bank softened the rule about it", as: .manual) {
        $0.policy.overrides[.environment] = .off
        $0.stated["software_environment"] = "staging"
    },
    Row(.credentialEnvironment, "no environment, at the portal", and: [.environment], as: .manual) {
        $0.stated["software_environment"] = nil
    },
    Row(.readableRecord, "an environment that is none", .malformed) {
        $0.request.record.append("environment", "Sandbox")
    },
    Row(.readableRecord, "an environment that is no text", .malformed) {
        $0.request.record.append("environment", true)
    },
    Row(.clientSecret, "a migrated client with a secret method and no secret") {
        $0.migrate()
        $0.asksForSecret()
    },
    Row(good: "a migrated client with its secret") {
        $0.migrate([("client_secret", "s3cret")])
        $0.asksForSecret()
    },
    Row(good: "a migrated client with the hash of its secret") {
        $0.migrate([("client_secret_hash", "$2b$10$abc")])
        $0.asksForSecret()
    },
    Row(good: "a migrated client with a secret its method does not use, which is only told") {
        $0.migrate([("client_secret", "s3cret")])
    },
]

extension Registration {
    /// Makes it a record of a migration batch: a client of a year ago, by the bank's records.
    mutating func migrate(
        _ members: [(String, DraftValue)] = [],
        id: DraftValue = "old-client",
        registeredAt: UnixTime? = Stage.now - 30
    ) {
        mode = .migration
        var existing: DraftMembers = ["client_id": id]
        if let registeredAt { existing.append("registered_at", .text(Timestamp.rfc3339(registeredAt))) }
        for (name, value) in members { existing.append(name, value) }
        request.record.append("existing", .object(existing))
    }

    /// Asks for a method with a secret, at a bank that offers it.
    mutating func asksForSecret() {
        policy.isFAPI = false
        policy.authenticationMethods = AuthenticationMethod.allCases
        claims["token_endpoint_auth_method"] = "client_secret_basic"
        claims["token_endpoint_auth_signing_alg"] = nil
    }
}
