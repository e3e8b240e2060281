import Encoding
import OpenBanking

/// A client as Ory Hydra imports it: RFC 7591 members, and what Hydra has no member for in `metadata`.
enum HydraExport {
    static func write(_ client: ExportedClient, to json: inout JSONWriter) {
        json.beginObject()
        json.member("client_id", client.clientID)
        json.optional("client_secret", client.secret)
        json.member("client_name", client.name ?? client.softwareID)
        json.member("redirect_uris", client.redirectURIs)
        json.member("grant_types", client.grantTypes)
        json.member("response_types", client.responseTypes)
        json.member("scope", client.scopes.joined(separator: " "))
        json.member("token_endpoint_auth_method", client.method)
        json.optional("token_endpoint_auth_signing_alg", client.authenticationAlgorithm)
        json.optional("jwks_uri", client.keysURI)
        json.optional("request_object_signing_alg", client.requestObjectAlgorithm)
        json.optional("logo_uri", client.logoURI)
        json.optional("policy_uri", client.policyURI)
        json.optional("tos_uri", client.termsURI)
        json.name("metadata")
        json.beginObject()
        json.member("software_id", client.softwareID)
        json.member("org_id", client.organisationID)
        json.optional("org_name", client.organisationName)
        json.member("software_environment", client.environment.rawValue)
        json.optional("tls_client_auth_subject_dn", client.subjectDN)
        json.optional("id_token_signed_response_alg", client.idTokenAlgorithm)
        json.endObject()
        json.endObject()
    }

    /// Why Hydra cannot hold a client; nil where it can.
    static func refusal(_ client: ExportedClient) -> WithheldReason? {
        ["tls_client_auth", "client_secret_jwt"].contains(client.method) ? .methodUnsupported : nil
    }
}
