/// What a deferred request waits for: a source, and the key in it where one is named (`counterfoil status --missing`).
package struct WantedKey: Hashable, Sendable {
    /// The kind of source, as the cache schedules it.
    package enum Kind: String, Sendable {
        case directory, organisation, software, organisationRevoked, softwareRevoked, crl
    }

    package var url: String
    package var kind: Kind
    package var keyID: String?
    package var organisationID: String?
    package var softwareID: String?

    package init(
        url: String,
        kind: Kind,
        keyID: String? = nil,
        organisationID: String? = nil,
        softwareID: String? = nil
    ) {
        self.url = url
        self.kind = kind
        self.keyID = keyID
        self.organisationID = organisationID
        self.softwareID = softwareID
    }
}
