import Encoding

/// A client as PingAM's OAuth2Client agent: `id` for the address, `body` to be put there.
enum PingAMExport {
    static func write(_ client: ExportedClient, to json: inout JSONWriter) {
        json.beginObject()
        json.member("id", client.clientID)
        json.name("body")
        json.beginObject()
        json.name("coreOAuth2ClientConfig")
        json.beginObject()
        wrap("status", "Active", to: &json)
        json.optional("userpassword", client.secret)
        wrap("clientType", "Confidential", to: &json)
        wrap("clientName", [client.name ?? client.softwareID], to: &json)
        wrap("redirectionUris", client.redirectURIs, to: &json)
        wrap("scopes", client.scopes, to: &json)
        json.endObject()
        json.name("advancedOAuth2ClientConfig")
        json.beginObject()
        wrap("descriptions", ["Software \(client.softwareID) of organisation \(client.organisationID)"], to: &json)
        wrap("grantTypes", client.grantTypes, to: &json)
        wrap("responseTypes", client.responseTypes, to: &json)
        wrap("tokenEndpointAuthMethod", client.method, to: &json)
        wrap("softwareIdentity", client.softwareID, to: &json)
        json.endObject()
        json.name("signEncOAuth2ClientConfig")
        writeKeys(client, to: &json)
        json.endObject()
        json.endObject()
    }

    private static func writeKeys(_ client: ExportedClient, to json: inout JSONWriter) {
        json.beginObject()
        wrap("publicKeyLocation", "jwks_uri", to: &json)
        if let uri = client.keysURI { wrap("jwksUri", uri, to: &json) }
        if let name = client.authenticationAlgorithm { wrap("tokenEndpointAuthSigningAlgorithm", name, to: &json) }
        if let name = client.idTokenAlgorithm { wrap("idTokenSignedResponseAlg", name, to: &json) }
        if let name = client.requestObjectAlgorithm { wrap("requestParameterSignedAlg", name, to: &json) }
        if let subject = client.subjectDN { wrap("mTLSSubjectDN", subject, to: &json) }
        json.name("mTLSCertificateBoundAccessTokens")
        json.beginObject()
        json.member("inherited", false)
        json.member("value", client.hasBoundTokens)
        json.endObject()
        json.endObject()
    }

    private static func wrap(_ name: StaticString, _ value: String, to json: inout JSONWriter) {
        json.name(name)
        json.beginObject()
        json.member("inherited", false)
        json.member("value", value)
        json.endObject()
    }

    private static func wrap(_ name: StaticString, _ values: [String], to json: inout JSONWriter) {
        json.name(name)
        json.beginObject()
        json.member("inherited", false)
        json.member("value", values)
        json.endObject()
    }
}
