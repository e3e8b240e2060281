import Encoding
import OpenBanking

/// Clients as a table for people; see `CSVWriter` for what makes it safe to open.
enum CSVExport {
    static let columns = [
        "client_id", "client_name", "org_id", "org_name", "software_id", "environment", "channel",
        "token_endpoint_auth_method", "scope", "grant_types", "response_types", "redirect_uris", "jwks_uri",
        "tls_client_auth_subject_dn", "issued_at", "client_secret",
    ]

    /// Writes one row; the column of secrets is there only where secrets are exported.
    static func write(_ client: ExportedClient, withSecrets: Bool, to csv: inout CSVWriter) {
        csv.field(client.clientID)
        csv.field(client.name ?? "")
        csv.field(client.organisationID)
        csv.field(client.organisationName ?? "")
        csv.field(client.softwareID)
        csv.field(client.environment.rawValue)
        csv.field(client.channel.rawValue)
        csv.field(client.method)
        csv.field(client.scopes.joined(separator: " "))
        csv.field(client.grantTypes.joined(separator: " "))
        csv.field(client.responseTypes.joined(separator: ", "))
        csv.field(client.redirectURIs.joined(separator: " "))
        csv.field(client.keysURI ?? "")
        csv.field(client.subjectDN ?? "")
        csv.field(Timestamp.rfc3339(client.issuedAt))
        if withSecrets { csv.field(client.secret ?? "") }
        csv.endRow()
    }

    static func writeHead(withSecrets: Bool, to csv: inout CSVWriter) {
        for name in columns.dropLast(withSecrets ? 0 : 1) { csv.field(name) }
        csv.endRow()
    }
}
