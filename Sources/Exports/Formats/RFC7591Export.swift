import Encoding
import OpenBanking

/// A client as a client information response (RFC 7591 section 3.2.1), with where it comes from.
enum RFC7591Export {
    static func write(_ client: ExportedClient, to json: inout JSONWriter) {
        json.beginObject()
        json.member("client_id", client.clientID)
        json.member("client_id_issued_at", client.issuedAt)
        if let secret = client.secret {
            json.member("client_secret", secret)
            json.member("client_secret_expires_at", 0)
        }
        json.optional("client_name", client.name)
        ClientMembers.write(client, to: &json)
        json.optional("application_type", client.applicationType)
        json.member("tls_client_certificate_bound_access_tokens", client.hasBoundTokens)
        json.member("software_id", client.softwareID)
        json.member("org_id", client.organisationID)
        json.optional("org_name", client.organisationName)
        json.member("software_environment", client.environment.rawValue)
        json.optional("software_statement", client.statement)
        json.endObject()
    }
}
