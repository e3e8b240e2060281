import Encoding
import OpenBanking

@testable import Rules
@testable import Simulator

/// Client-initiated backchannel authentication.
let cibaRows: [Row] = [
    Row(good: "poll") { $0.useCIBA("poll") },
    Row(good: "ping with an endpoint") { $0.useCIBA("ping", "https://app0.example/notify") },
    Row(good: "user_code false") {
        $0.useCIBA("poll")
        $0.claims.append("backchannel_user_code_parameter_supported", false)
    },
    Row(.cibaVersion, "CIBA under 3.2") {
        $0.useCIBA("poll")
        $0.policy.profile = .v32
    },
    Row(.deliveryMode, "no mode") { $0.useCIBA(nil) },
    Row(.deliveryMode, "push") { $0.useCIBA("push", "https://app0.example/notify") },
    Row(.deliveryMode, "a mode without the grant") { $0.claims.append("backchannel_token_delivery_mode", "poll") },
    Row(.notificationEndpoint, "ping without an endpoint") { $0.useCIBA("ping") },
    Row(.notificationEndpoint, "poll with an endpoint") { $0.useCIBA("poll", "https://app0.example/notify") },
    Row(.notificationEndpoint, "an endpoint without the grant") {
        $0.claims.append("backchannel_client_notification_endpoint", "https://app0.example/notify")
    },
    Row(.notificationEndpoint, "http") { $0.useCIBA("ping", "http://app0.example/notify") },
    Row(.notificationEndpoint, "a local host") { $0.useCIBA("ping", "https://127.0.0.1/notify") },
    Row(.notificationEndpoint, "no URI") { $0.useCIBA("ping", "notify") },
    Row(.notificationEndpoint, "257 bytes") { $0.useCIBA("ping", endpoint(257)) },
    Row(good: "256 bytes") { $0.useCIBA("ping", endpoint(256)) },
    Row(.backchannelAlgorithm, "no algorithm") {
        $0.useCIBA("poll")
        $0.claims["backchannel_authentication_request_signing_alg"] = nil
    },
    Row(.backchannelAlgorithm, "RS256") {
        $0.useCIBA("poll")
        $0.claims["backchannel_authentication_request_signing_alg"] = "RS256"
    },
    Row(.backchannelAlgorithm, "an algorithm without the grant") {
        $0.claims.append("backchannel_authentication_request_signing_alg", "PS256")
    },
    Row(.userCode, "user_code true") {
        $0.useCIBA("poll")
        $0.claims.append("backchannel_user_code_parameter_supported", true)
    },
    Row(.userCode, "user_code as a string") {
        $0.useCIBA("poll")
        $0.claims.append("backchannel_user_code_parameter_supported", "false")
    },
    Row(.userCode, "user_code without the grant") {
        $0.claims.append("backchannel_user_code_parameter_supported", false)
    },
]

private func endpoint(_ count: Int) -> String {
    let start = "https://app0.example/"
    return start + String(repeating: "n", count: count - start.utf8.count)
}

extension Registration {
    fileprivate mutating func useCIBA(_ mode: String?, _ endpoint: String? = nil) {
        claims["grant_types"] = ["authorization_code", "urn:openid:params:grant-type:ciba"]
        claims.append("backchannel_authentication_request_signing_alg", "PS256")
        if let mode { claims.append("backchannel_token_delivery_mode", .text(mode)) }
        if let endpoint { claims.append("backchannel_client_notification_endpoint", .text(endpoint)) }
    }
}
