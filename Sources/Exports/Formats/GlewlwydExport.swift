import Encoding

/// A client as the body that adds it to Glewlwyd, for its database module as it is installed.
enum GlewlwydExport {
    static func write(_ client: ExportedClient, to json: inout JSONWriter) {
        json.beginObject()
        json.member("client_id", client.clientID)
        json.member("name", client.name ?? client.softwareID)
        json.member("description", "Software \(client.softwareID) of organisation \(client.organisationID)")
        if let secret = client.secret {
            json.member("password", secret)
            json.member("client_secret", secret)
        }
        json.member("enabled", true)
        json.member("confidential", true)
        json.member("scope", client.scopes)
        json.member("redirect_uri", client.redirectURIs)
        json.member("authorization_type", authorizations(client))
        json.member("token_endpoint_auth_method", [client.method])
        json.optional("token_endpoint_signing_alg", client.authenticationAlgorithm)
        json.optional("request_object_signing_alg", client.requestObjectAlgorithm)
        json.optional("jwks_uri", client.keysURI)
        json.optional("backchannel_token_delivery_mode", client.deliveryMode)
        json.optional("backchannel_client_notification_endpoint", client.notificationEndpoint)
        json.optional("backchannel_authentication_request_signing_alg", client.backchannelAlgorithm)
        json.endObject()
    }

    /// What Glewlwyd calls a way to authorise: its response types and grants in one list.
    private static func authorizations(_ client: ExportedClient) -> [String] {
        var types: [String] = []
        func add(_ name: String) { if !types.contains(name) { types.append(name) } }
        if client.grantTypes.contains("authorization_code") { add("code") }
        for part in client.responseTypes.flatMap({ $0.split(separator: " ") }) { add(String(part)) }
        for (grant, name) in grants where client.grantTypes.contains(grant) { add(name) }
        return types
    }

    private static let grants = [
        ("client_credentials", "client_credentials"), ("refresh_token", "refresh_token"),
        ("urn:openid:params:grant-type:ciba", "urn:openid:params:grant-type:ciba"),
    ]

    /// Why Glewlwyd cannot hold a client; nil where it can: it knows a certificate by its alternative names only.
    static func refusal(_ client: ExportedClient) -> WithheldReason? {
        client.method == "tls_client_auth" ? .methodUnsupported : nil
    }
}
