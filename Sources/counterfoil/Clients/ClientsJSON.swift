import Crypto
import Encoding
import Ledger
import OpenBanking

/// Clients as programs read them: one object to a line, each with `"v":1`.
enum ClientsJSON {
    /// Writes a client as one line.
    static func line(_ client: ClientRecord, result: PriorResult? = nil, to buffer: ByteBuffer) {
        var json = JSONWriter(buffer)
        json.beginObject()
        json.member("v", 1)
        json.member("type", "client")
        json.member("client_id", client.clientID)
        json.member("state", (client.isDeleted ? ClientFilter.State.deleted : .registered).rawValue)
        json.member("environment", client.environment.rawValue)
        json.member("channel", client.channel.rawValue)
        json.member("origin", client.origin.rawValue)
        json.member("software_id", client.softwareID)
        json.member("org_id", client.organisationID)
        json.member("organisation_identifier", client.organisationIdentifier)
        json.member("token_endpoint_auth_method", client.authenticationMethod)
        json.member("has_secret", client.secretHash != nil || client.givenHash != nil)
        json.member("issued_at", Timestamp.rfc3339(client.issuedAt))
        json.member("updated_at", Timestamp.rfc3339(client.updatedAt))
        json.member("deleted_at", client.deletedAt.map { Timestamp.rfc3339($0) })
        json.member("request_sha256", client.requestSHA256.hex)
        json.member("certificate_sha256", client.certificateFingerprint)
        if let result {
            json.member("result", result.resultName)
            if let line = result.line { json.member("line", line) }
        }
        json.name("metadata")
        json.value(ClientMetadata(client).root)
        json.endObject()
        buffer.append(UInt8(ascii: "\n"))
    }

    /// Writes the line that ends a list: what came before it is complete.
    static func end(_ count: Int, to buffer: ByteBuffer) {
        var json = JSONWriter(buffer)
        json.beginObject()
        json.member("v", 1)
        json.member("type", "summary")
        json.member("clients", count)
        json.endObject()
        buffer.append(UInt8(ascii: "\n"))
    }
}
