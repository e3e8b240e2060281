/// Whose import a file of clients is made for.
package enum ExportFormat: String, Sendable, CaseIterable {
    /// A client information response to a line (RFC 7591 section 3.2.1).
    case rfc7591
    /// A partial import of Keycloak.
    case keycloak
    /// An array that `hydra import oauth2-client` reads.
    case hydra
    /// A body to a line for the DCR endpoint of WSO2 Identity Server.
    case wso2
    /// An id and a body to a line, each to be put to the OAuth2Client endpoint of PingAM.
    case pingam
    /// A body to a line for `POST /api/client/` of Glewlwyd.
    case glewlwyd
    /// A table for people (RFC 4180).
    case csv

    /// What a file's name ends in.
    package var fileEnding: String {
        switch self {
        case .rfc7591, .wso2, .pingam, .glewlwyd: "ndjson"
        case .keycloak, .hydra: "json"
        case .csv: "csv"
        }
    }

    /// Whether a record has a place for the software statement.
    package var holdsStatements: Bool { self == .rfc7591 || self == .wso2 }

    /// Whether a server would make up a secret of its own where a client that needs one comes without.
    ///
    /// For such a server a client without its secret is left out and told of, never loaded wrong.
    package var needsSecrets: Bool {
        switch self {
        case .keycloak, .hydra, .wso2, .pingam, .glewlwyd: true
        case .rfc7591, .csv: false
        }
    }
}
