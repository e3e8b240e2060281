import Encoding

extension JSONWriter {
    /// Writes a member where there is a value.
    mutating func optional(_ name: StaticString, _ value: String?) {
        if let value { member(name, value) }
    }
}

/// Members of RFC 7591 that several servers take under their own names.
enum ClientMembers {
    /// Writes the metadata every reader of RFC 7591 knows, without ids, secret and name.
    static func write(_ client: ExportedClient, to json: inout JSONWriter) {
        json.member("redirect_uris", client.redirectURIs)
        json.member("grant_types", client.grantTypes)
        json.member("response_types", client.responseTypes)
        json.member("scope", client.scopes.joined(separator: " "))
        json.member("token_endpoint_auth_method", client.method)
        json.optional("token_endpoint_auth_signing_alg", client.authenticationAlgorithm)
        json.optional("tls_client_auth_subject_dn", client.subjectDN)
        json.optional("jwks_uri", client.keysURI)
        json.optional("id_token_signed_response_alg", client.idTokenAlgorithm)
        json.optional("request_object_signing_alg", client.requestObjectAlgorithm)
        json.optional("logo_uri", client.logoURI)
        json.optional("policy_uri", client.policyURI)
        json.optional("tos_uri", client.termsURI)
        json.optional("backchannel_token_delivery_mode", client.deliveryMode)
        json.optional("backchannel_client_notification_endpoint", client.notificationEndpoint)
        json.optional("backchannel_authentication_request_signing_alg", client.backchannelAlgorithm)
        if let value = client.backchannelUserCode { json.member("backchannel_user_code_parameter", value) }
    }
}
