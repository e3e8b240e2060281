package import Crypto

/// One piece of software (one software statement) of the simulated directory, as it stands at the moment.
package struct SimulatedSoftware: Sendable {
    /// Which certificates it holds.
    package enum Profile: String, Sendable {
        case legacy, obwac
    }

    /// Its place in the directory.
    package let index: Int
    /// The organisation it belongs to.
    package let organisation: SimulatedOrganisation
    /// Its id: 22 letters and digits.
    package let id: String
    /// Its name.
    package let name: String
    /// The host of its pages.
    package let domain: String
    /// Its roles, in the directory's spelling.
    package let roles: [String]
    /// Its redirect URIs.
    package let redirectURIs: [String]
    /// `software_version`: a string for some, a JSON number for others.
    package let version: DraftValue
    /// Which certificates it holds.
    package let profile: Profile
    /// The key its requests are signed with.
    package internal(set) var signing: PublishedKey
    /// The key that takes its place at the next rotation; not published yet.
    package internal(set) var next: PublishedKey
    /// The transport key and certificate.
    package let transport: PublishedKey
    /// A transport certificate that has expired and is still published.
    package let expiredTransport: PublishedKey
    /// A transport certificate that was revoked: in both revoked sets and on the list of the issuing authority.
    package let revokedTransport: PublishedKey
    /// A signing key that was revoked.
    package let revokedSigning: PublishedKey
    /// Everything in its key set.
    package internal(set) var published: [PublishedKey]
    /// Everything in its set of revoked keys.
    package internal(set) var revoked: [PublishedKey]

    /// The subject of its certificates, in DER order.
    package var subject: NameTemplate { Self.subject(profile, organisation, softwareID: id) }

    static func subject(_ profile: Profile, _ organisation: SimulatedOrganisation, softwareID: String) -> NameTemplate {
        switch profile {
        case .legacy:
            NameTemplate([
                .country("GB"), .organization("OpenBanking"), .organizationalUnit(organisation.id),
                .commonName(softwareID),
            ])
        case .obwac:
            NameTemplate([
                .country("GB"), .organization(organisation.name),
                .organizationIdentifier(organisation.organisationIdentifier), .commonName(organisation.id),
            ])
        }
    }
}
