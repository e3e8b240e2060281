import Encoding
import OpenBanking

@testable import Rules
@testable import Simulator

/// Time, audience and identity of the request.
let timeRows: [Row] = [
    Row(.notExpired, "exp one second past the skew") {
        $0.claims["iat"] = .number(Stage.now - 1000)
        $0.claims["exp"] = .number(Stage.now - 61)
    },
    Row(good: "exp at the skew") {
        $0.claims["iat"] = .number(Stage.now - 1000)
        $0.claims["exp"] = .number(Stage.now - 60)
    },
    Row(.notExpired, "an hour ago (conformance test)") {
        $0.claims["iat"] = .number(Stage.now - 7200)
        $0.claims["exp"] = .number(Stage.now - 3600)
    },
    Row(good: "expired while it waited for keys (A-16)") { $0.arrive(Stage.now - Stage.day) },
    Row(.notExpired, "expired before it arrived, and waited since") {
        $0.arrive(Stage.now - Stage.day)
        $0.claims["exp"] = .number(Stage.now - Stage.day - 61)
        $0.claims["iat"] = .number(Stage.now - Stage.day - 600)
    },
    Row(good: "expired since the gateway received it, where the bank judges by that (A-16)") {
        $0.receive(at: "2027-01-15T07:00:00Z")
        $0.expire(at: Stage.now - 3600)
    },
    Row(.notExpired, "the same, where the bank judges by arrival (A-16)") {
        $0.receive(at: "2027-01-15T07:00:00Z")
        $0.policy.timeBasis = .arrival
        $0.expire(at: Stage.now - 3600)
    },
    Row(.notExpired, "expired a second past the skew when the gateway received it (A-16)") {
        $0.receive(at: "2027-01-15T07:00:00Z")
        $0.expire(at: Stage.now - 3600 - 61)
    },
    Row(.notExpired, "received in time, says a record that nobody attests (A-16)") {
        $0.receive(at: "2027-01-15T07:00:00Z")
        $0.request.record["tls_possession"] = "unproven"
        $0.expire(at: Stage.now - 3600)
    },
    Row(.notExpired, "a received_at after the arrival counts for nothing (A-16)") {
        $0.receive(at: "2027-01-15T09:00:00Z")
        $0.expire(at: Stage.now - 61)
    },
    Row(.notFuture, "iat after the gateway received it (A-16)") { $0.receive(at: "2027-01-15T07:00:00Z") },
    Row(.notFuture, "iat one second past the skew") { $0.claims["iat"] = .number(Stage.now + 61) },
    Row(good: "iat at the skew") { $0.claims["iat"] = .number(Stage.now + 60) },
    Row(.notFuture, "iat is exp") {
        $0.claims["iat"] = .number(Stage.now)
        $0.claims["exp"] = .number(Stage.now)
    },
    Row(.notFuture, "iat after exp") {
        $0.claims["iat"] = .number(Stage.now + 10)
        $0.claims["exp"] = .number(Stage.now + 5)
    },
    Row(good: "a life of two hours, which is only warned of") {
        $0.claims["exp"] = .number(Stage.now + 7200)
    },
    Row(.lifetime, "a life of an hour and a second, where the bank refuses it") {
        $0.policy.overrides[.lifetime] = .error
        $0.claims["exp"] = .number(Stage.now - 60 + 3601)
    },
    Row(good: "a life of an hour, where the bank refuses more") {
        $0.policy.overrides[.lifetime] = .error
        $0.claims["exp"] = .number(Stage.now - 60 + 3600)
    },
    Row(.audience, "another bank") { $0.claims["aud"] = "0015800001041ZZZZZ" },
    Row(.audience, "the bank in lower case") { $0.claims["aud"] = .text(Stage.audience.lowercased()) },
    Row(.audience, "the bank within a longer text") { $0.claims["aud"] = .text(Stage.audience + "x") },
    Row(.audience, "a list without the bank") { $0.claims["aud"] = ["a", "b"] },
    Row(good: "a list with the bank (A-05)") { $0.claims["aud"] = ["a", .text(Stage.audience)] },
    Row(good: "the bank's issuer URL, where it is configured (A-05)") {
        $0.policy.audiences = ["https://bank.example"]
        $0.claims["aud"] = "https://bank.example"
    },
    Row(good: "any audience, where none is configured (A-05)") {
        $0.policy.audiences = []
        $0.claims["aud"] = "https://bank.example"
    },
    Row(.requestIssuer, "another software") { $0.claims["iss"] = .text(try $0.other.id) },
    Row(.requestIssuer, "the organisation, as the mapping table of 3.3 has it") {
        $0.claims["iss"] = .text($0.software.organisation.id)
    },
    Row(.requestIssuer, "the software in other letter case") {
        $0.claims["iss"] = .text(
            String($0.software.id.map { $0.isLowercase ? Character($0.uppercased()) : Character($0.lowercased()) })
        )
    },
    Row(.requestSoftwareID, "another software's id") { $0.claims["software_id"] = .text(try $0.other.id) },
]

extension Registration {
    /// Lets the gateway say when it received the request, and the bank judge by it.
    fileprivate mutating func receive(at time: String) {
        policy.timeBasis = .received
        request.record["received_at"] = .text(time)
    }

    fileprivate mutating func expire(at time: Int64) {
        claims["iat"] = .number(time - 600)
        claims["exp"] = .number(time)
        stated["iat"] = .number(time - 3600)
    }
}
