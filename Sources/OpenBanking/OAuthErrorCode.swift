/// The four error codes a registration response may carry (RFC 7591 section 3.2.2; Open Banking UK DCR 3.3 "Error Structure").
package enum OAuthErrorCode: String, Sendable, CaseIterable {
    case invalidClientMetadata = "invalid_client_metadata"
    case invalidRedirectURI = "invalid_redirect_uri"
    case invalidSoftwareStatement = "invalid_software_statement"
    case unapprovedSoftwareStatement = "unapproved_software_statement"
}
