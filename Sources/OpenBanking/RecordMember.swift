import Encoding

/// The members of an input record (docs/FORMATS.md, "Record").
package enum RecordMember: String, ClaimName {
    case version = "v"
    case reference = "ref"
    case operation
    case channel
    case request
    case certificate = "transport_certificate"
    case receivedAt = "received_at"
    case possession = "tls_possession"
    case clientID = "client_id"
    case contentType = "content_type"
    case softwareStatement = "software_statement"
    case idToken = "id_token"
    case nonce
    case redirectURIs = "redirect_uris"
    case environment
    case existing
}
