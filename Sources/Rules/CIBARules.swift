import Encoding
import OpenBanking

/// Client-initiated backchannel authentication.
let cibaRules: [Rule] = [
    Rule(
        .cibaVersion,
        "the CIBA grant comes with 3.3 and later only",
        source: "OB DCR 3.3, change log",
        reports: .invalidClientMetadata,
        needs: [.metadata],
        settings: ["policy.profile"],
        remedy: "Leave the CIBA grant out."
    ) { r in
        hasGrant(r, ciba) && r.policy.profile < .v33 ? Fault("\(r.policy.profile.rawValue) has no CIBA grant") : nil
    },
    Rule(
        .deliveryMode,
        "backchannel_token_delivery_mode comes with CIBA, is poll or ping",
        source: "OB DCR 3.3; FAPI-CIBA (no push)",
        reports: .invalidClientMetadata,
        needs: [.metadata],
        remedy: "Set backchannel_token_delivery_mode to poll or ping, only with the CIBA grant."
    ) { r in
        guard hasGrant(r, ciba) else { return unaskedFault(r, .deliveryMode) }
        return choiceFault(r, .deliveryMode, among: ["poll", "ping"])
    },
    Rule(
        .notificationEndpoint,
        "backchannel_client_notification_endpoint comes with ping, is https and public",
        source: "OB DCR 3.3, backchannel_client_notification_endpoint",
        reports: .invalidClientMetadata,
        configurable: false,
        needs: [.metadata],
        remedy: "Give an https URL of at most 256 bytes, only with CIBA and ping.",
        check: notificationEndpointFits
    ),
    Rule(
        .backchannelAlgorithm,
        "backchannel_authentication_request_signing_alg comes with CIBA, is PS256 or ES256",
        source: "OB DCR 3.3; FAPI-CIBA",
        reports: .invalidClientMetadata,
        needs: [.metadata],
        remedy: "Set backchannel_authentication_request_signing_alg to PS256 or ES256, only with the CIBA grant."
    ) { r in
        guard hasGrant(r, ciba) else { return unaskedFault(r, .backchannelAlgorithm) }
        return choiceFault(r, .backchannelAlgorithm, among: ["PS256", "ES256"])
    },
    Rule(
        .userCode,
        "backchannel_user_code_parameter_supported is false and comes with CIBA",
        source: "OB DCR 3.3, backchannel_user_code_parameter_supported",
        reports: .invalidClientMetadata,
        configurable: false,
        needs: [.metadata],
        remedy: "Leave it out, or set it to false with the CIBA grant."
    ) { r in
        guard let value = r.claim(.userCode) else { return nil }
        guard hasGrant(r, ciba) else { return unaskedFault(r, .userCode) }
        return value.bool == false ? nil : Fault("backchannel_user_code_parameter_supported is not false")
    },
    Rule(
        .userFlow,
        "a client with customers' scopes has a grant that asks the customer",
        source: "Counterfoil",
        reports: .invalidClientMetadata,
        severity: .warning,
        needs: [.metadata],
        remedy: "Add authorization_code, or CIBA."
    ) { r in
        guard let token = firstScope(r, where: { !$0.equals("openid") }), !hasGrant(r, "authorization_code"),
            !hasGrant(r, ciba)
        else { return nil }
        return Fault("the scope is a customer's, but no grant asks the customer", r.text(.scope) ?? token)
    },
]

private let ciba: StaticString = "urn:openid:params:grant-type:ciba"

/// True where grant_types holds `name` as a whole element.
func hasGrant(_ r: Evidence, _ name: StaticString) -> Bool {
    r.request.claims.hasElement(.grantTypes, name)
}

private func unaskedFault(_ r: Evidence, _ name: RequestClaim) -> Fault? {
    r.claim(name) == nil ? nil : Fault("\(name.rawValue) is given without the CIBA grant")
}

private func notificationEndpointFits(_ r: Evidence) -> Fault? {
    let pings = hasGrant(r, ciba) && r.text(.deliveryMode)?.equals("poll") == false
    guard pings else { return unaskedFaultOfPoll(r) }
    if let fault = boundedFault(r, .notificationEndpoint, maximum: 256) { return fault }
    guard let text = r.text(.notificationEndpoint) else { return nil }
    switch RedirectURI.parse(text) {
    case .failure(let fault): return Fault("backchannel_client_notification_endpoint \(fault.message)", text)
    case .success(let uri):
        if !uri.isHTTPS { return Fault("backchannel_client_notification_endpoint is not https", text) }
        return uri.isLocal ? Fault("backchannel_client_notification_endpoint names a local host", text) : nil
    }
}

private func unaskedFaultOfPoll(_ r: Evidence) -> Fault? {
    guard r.claim(.notificationEndpoint) != nil else { return nil }
    return Fault("backchannel_client_notification_endpoint is given without CIBA and ping")
}
