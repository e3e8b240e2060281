import Encoding

/// A client as Keycloak represents it (ClientRepresentation).
enum KeycloakExport {
    static func write(_ client: ExportedClient, to json: inout JSONWriter) {
        json.beginObject()
        json.member("clientId", client.clientID)
        json.member("name", client.name ?? client.softwareID)
        json.member("description", "Software \(client.softwareID) of organisation \(client.organisationID)")
        json.member("protocol", "openid-connect")
        json.member("enabled", true)
        json.member("publicClient", false)
        json.member("clientAuthenticatorType", authenticator(client.method))
        json.optional("secret", client.secret)
        json.member("redirectUris", client.redirectURIs)
        json.member("webOrigins", [])
        json.member("standardFlowEnabled", client.grantTypes.contains("authorization_code"))
        json.member("implicitFlowEnabled", client.responseTypes.contains { $0.contains("id_token") })
        json.member("serviceAccountsEnabled", client.grantTypes.contains("client_credentials"))
        json.member("directAccessGrantsEnabled", false)
        json.member("fullScopeAllowed", false)
        json.member("optionalClientScopes", client.scopes.filter { $0 != "openid" })
        json.name("attributes")
        writeAttributes(client, to: &json)
        json.endObject()
    }

    private static func writeAttributes(_ client: ExportedClient, to json: inout JSONWriter) {
        json.beginObject()
        if let uri = client.keysURI {
            json.member("use.jwks.url", "true")
            json.member("jwks.url", uri)
        }
        json.optional("token.endpoint.auth.signing.alg", client.authenticationAlgorithm)
        json.optional("id.token.signed.response.alg", client.idTokenAlgorithm)
        json.optional("request.object.signature.alg", client.requestObjectAlgorithm)
        if let subject = client.subjectDN {
            json.member("x509.subjectdn", subject)
            json.member("x509.allow.regex.pattern.comparison", "false")
        }
        json.member("tls.client.certificate.bound.access.tokens", client.hasBoundTokens ? "true" : "false")
        json.member("use.refresh.tokens", client.grantTypes.contains("refresh_token") ? "true" : "false")
        json.optional("logoUri", client.logoURI)
        json.optional("policyUri", client.policyURI)
        json.optional("tosUri", client.termsURI)
        json.member("software_id", client.softwareID)
        json.member("org_id", client.organisationID)
        json.endObject()
    }

    /// Keycloak's name of a way to authenticate.
    private static func authenticator(_ method: String) -> String {
        switch method {
        case "private_key_jwt": "client-jwt"
        case "tls_client_auth": "client-x509"
        case "client_secret_jwt": "client-secret-jwt"
        default: "client-secret"
        }
    }
}
