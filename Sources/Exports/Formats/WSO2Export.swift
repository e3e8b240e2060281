import Encoding

/// A client as the body of a registration at WSO2 Identity Server, with its id and secret preset.
///
/// The server refuses members it does not know, such as `scope`, so there are none.
enum WSO2Export {
    static func write(_ client: ExportedClient, to json: inout JSONWriter) {
        json.beginObject()
        // Names are unique at the server; people are shown the other one.
        json.member("client_name", client.clientID)
        json.member("ext_application_display_name", client.name ?? client.softwareID)
        json.member("ext_param_client_id", client.clientID)
        if let secret = client.secret {
            json.member("ext_param_client_secret", secret)
            json.member("ext_param_client_secret_expires_at", 0)
        }
        json.member("redirect_uris", client.redirectURIs)
        json.member("grant_types", client.grantTypes)
        json.member("token_endpoint_auth_method", client.method)
        json.optional("token_endpoint_auth_signing_alg", client.authenticationAlgorithm)
        json.optional("tls_client_auth_subject_dn", client.subjectDN)
        json.optional("jwks_uri", client.keysURI)
        json.optional("id_token_signed_response_alg", client.idTokenAlgorithm)
        json.optional("request_object_signing_alg", client.requestObjectAlgorithm)
        json.optional("application_type", client.applicationType)
        json.optional("software_statement", client.statement)
        json.endObject()
    }
}
