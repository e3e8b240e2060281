package import Crypto
package import Encoding
package import OpenBanking

/// A client as issued: what the ledger keeps of a registration, and no secret.
package struct ClientRecord: Sendable, Equatable {
    /// How a client came into the ledger.
    package enum Origin: String, Sendable, CaseIterable {
        case issued, migrated
    }

    package var clientID: String
    package var softwareID: String
    package var organisationID: String
    /// The organisationIdentifier of the transport certificate, where it has one.
    package var organisationIdentifier: String?
    package var environment: DirectoryEnvironment
    package var channel: Channel
    /// `token_endpoint_auth_method` as issued.
    package var authenticationMethod: String
    /// The keyed hash of the client_secret, 32 bytes: HMAC-SHA-256 with a key that is never in the database.
    package var secretHash: [UInt8]?
    /// The bank's own hash of the secret, as a migrated record brought it in place of the secret.
    package var givenHash: String?
    /// Whether the client was issued here, or brought by a migration.
    package var origin: Origin
    package var issuedAt: UnixTime
    package var updatedAt: UnixTime
    /// When the registration was deleted; a client_id is never given out again.
    package var deletedAt: UnixTime?
    /// The request that made the record what it is.
    package var requestSHA256: SHA256Digest
    /// The request whose result told the secret, where that is another one than `requestSHA256`; the ledger keeps it.
    package internal(set) var secretRequest: SHA256Digest?
    /// The transport certificate's fingerprint in hexadecimal.
    package var certificateFingerprint: String?
    /// Redirect URIs, scopes and the like as JSON text, for people and exports.
    package var summary: String

    package init(
        clientID: String,
        softwareID: String,
        organisationID: String,
        organisationIdentifier: String? = nil,
        environment: DirectoryEnvironment,
        channel: Channel,
        authenticationMethod: String,
        secretHash: [UInt8]? = nil,
        givenHash: String? = nil,
        origin: Origin = .issued,
        issuedAt: UnixTime,
        requestSHA256: SHA256Digest,
        certificateFingerprint: String? = nil,
        summary: String = "{}"
    ) {
        self.clientID = clientID
        self.softwareID = softwareID
        self.organisationID = organisationID
        self.organisationIdentifier = organisationIdentifier
        self.environment = environment
        self.channel = channel
        self.authenticationMethod = authenticationMethod
        self.secretHash = secretHash
        self.givenHash = givenHash
        self.origin = origin
        self.issuedAt = issuedAt
        self.updatedAt = issuedAt
        self.requestSHA256 = requestSHA256
        self.certificateFingerprint = certificateFingerprint
        self.summary = summary
    }

    /// Whether the registration was deleted.
    package var isDeleted: Bool { deletedAt != nil }
}
