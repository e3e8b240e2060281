package import Crypto
package import Encoding
package import JOSE
package import OpenBanking
package import PKIX

/// All that is known about one request when the rules look at it.
///
/// A worker owns one and fills it anew for each request; rules only read it. Nothing in it was fetched or waited for.
package final class Evidence {
    package let policy: Policy
    let directoryLocation: ByteSlice

    // Given with the request.
    /// When this is judged: certificates, keys and revocation are looked at as of now.
    package internal(set) var now: UnixTime = 0
    /// When the request first reached us.
    package internal(set) var arrivedAt: UnixTime = 0
    /// By when the request's own times are judged: when it first reached us, so that waiting for keys never expires it, or
    /// when the gateway received it.
    package internal(set) var requestTime: UnixTime = 0
    /// Whether older registrations may be judged as of their own time.
    package internal(set) var mode = JudgingMode.ordinary
    /// The client a record of a migration brings.
    package internal(set) var existing: ExistingClient?
    /// When the bank registered it, where that may be relied on; without it nothing is relaxed.
    package internal(set) var evidenceTime: UnixTime?
    /// Why `evidenceTime` is not there although this is a migration.
    package internal(set) var evidenceLack: String?
    /// The time a rule is asked about in place of the present, while it is asked again; else nil.
    var relaxedTo: UnixTime?
    package internal(set) var operation = Operation.register
    package internal(set) var channel = Channel.dcr
    package internal(set) var possession = TLSPossession.unproven
    package internal(set) var contentType: ByteSlice?
    package internal(set) var reference: ByteSlice?
    package internal(set) var clientID: ByteSlice?
    /// Why the record itself cannot be used, where it cannot (rule R-002).
    package internal(set) var recordFault: Fault?
    /// The request as delivered, white space around it removed.
    package internal(set) var requestText: ByteSlice?
    package internal(set) var statementText: ByteSlice?
    package internal(set) var reached: Reached = []

    // Read, not yet believed.
    package let request: SignedDocument<RequestClaim>
    package let statement: SignedDocument<StatementClaim>
    package let identity: SignedDocument<IdentityClaim>
    package let record: Claims<RecordMember>
    let recordDocument = JSONDocument(limits: .record)

    // Found in the cache.
    package internal(set) var generation = 0
    /// How often the cache had been written to.
    package internal(set) var pulse: Int?
    package internal(set) var directoryKeys: KeySet?
    package internal(set) var directoryKey: VerificationKey?
    package internal(set) var directoryStanding: KeyStanding?
    package internal(set) var softwareKeys: KeySet?
    package internal(set) var organisationKeys: KeySet?
    package internal(set) var softwareRevoked: KeySet?
    package internal(set) var organisationRevoked: KeySet?
    package internal(set) var requestKey: VerificationKey?
    /// Since when the key the request names, or the presented certificate or its key, has been revoked, if ever.
    package internal(set) var requestKeyRevokedAt: UnixTime?
    package internal(set) var certificateRevokedAt: UnixTime?
    package internal(set) var requestStanding: KeyStanding?
    /// The keys of the past that a migration rests on where those of the present do not serve.
    package internal(set) var directoryPast: PastKey?
    package internal(set) var requestPast: PastKey?
    package internal(set) var certificatePast: PastKey?
    package internal(set) var identityKeys: KeySet?
    package internal(set) var identityKey: VerificationKey?
    package internal(set) var identityStanding: KeyStanding?
    /// The certificate the request's key was published with, vetted, where there is one (rule R-090).
    package internal(set) var keyCertificate: TransportCertificate?

    // Checked.
    /// The directory's signature over the statement is right, whatever the standing of its key.
    package internal(set) var statementSigned = false
    /// The signature is right and its key may vouch for it now: the statement's claims are believed.
    package internal(set) var statementVerified = false
    package internal(set) var requestVerified = false
    /// The id_token's signature is right, whatever the standing of its key.
    package internal(set) var identitySigned = false
    package internal(set) var identityVerified = false
    /// SHA-256 of the request's bytes (DCR) or of the record's (MCR, delete, read): the identity under which it is remembered.
    package internal(set) var digest = SHA256Digest.of([])

    // The transport certificate.
    package internal(set) var certificateText: ByteSlice?
    package internal(set) var certificateFault: String?
    package internal(set) var certificate: TransportCertificate?
    /// The certificate's issuer is one of the qualified authorities the bank loaded (rule R-133).
    package internal(set) var isIssuerQualified = false
    /// When the gateway received the request, as the record says; believed only where the record is attested.
    package internal(set) var receivedAt: UnixTime?

    // Derived once, because several rules ask.
    package internal(set) var environment: DirectoryEnvironment?
    package internal(set) var roles: SoftwareRoles = []
    package internal(set) var method: AuthenticationMethod?
    /// The request's redirect URIs taken apart, of those that are strings, in their order; nil for one that is none.
    var redirects: [RedirectURI?] = []
    /// What is wrong with the trusted statement's key set URLs, if anything (rule R-072).
    package internal(set) var keyURLFault: Fault?
    /// The subject DN the request claims, parsed, or why it is none; nil where it claims none.
    package internal(set) var subjectName: Result<DistinguishedName, DNFault>?

    init(policy: Policy, indexes: ClaimIndexes) {
        self.policy = policy
        directoryLocation = ByteSlice(policy.directoryURL)
        request = SignedDocument(index: indexes.request, limits: .registration)
        statement = SignedDocument(index: indexes.statement)
        identity = SignedDocument(index: indexes.identity)
        record = Claims(index: indexes.record, of: recordDocument)
    }

    /// True where nothing more is needed to act on it: the signatures that the way it came asks for have verified, and
    /// what is to be registered could be read.
    package var isProven: Bool {
        guard operation.carriesStatement else { return certificate != nil }
        return has(.metadata) && statementVerified && (channel == .mcr ? identityVerified : requestVerified)
    }

    /// The time by which the request's own times are judged: `requestTime`, or an older registration's.
    var arrival: UnixTime { relaxedTo ?? requestTime }

    /// The time by which validity of certificates is judged: now, or an older registration's.
    var validAt: UnixTime { relaxedTo ?? now }

    /// True where everything in `needs` was reached.
    @inline(__always)
    package func has(_ needs: Reached) -> Bool { reached.isSuperset(of: needs) }

    /// A claim of the request, or of the bank's template where the registration is manual.
    @inline(__always)
    package func claim(_ name: RequestClaim) -> JSONValue? { request.claims[name] }

    /// The text of a claim of the request, or nil where it is absent or no string.
    @inline(__always)
    package func text(_ name: RequestClaim) -> ByteSlice? { request.claims.text(name) }

    /// A claim of the software statement.
    @inline(__always)
    package func stated(_ name: StatementClaim) -> JSONValue? { statement.claims[name] }

    /// The text of a claim of the software statement, or nil where it is absent or no string.
    @inline(__always)
    package func statedText(_ name: StatementClaim) -> ByteSlice? { statement.claims.text(name) }

    /// A wanted key or source of the statement's software or organisation, for a fault that waits for it.
    package func wanted(_ url: ByteSlice, _ kind: WantedKey.Kind, keyID: ByteSlice? = nil) -> WantedKey {
        WantedKey(
            url: url.string,
            kind: kind,
            keyID: keyID?.string,
            organisationID: statementVerified ? statedText(.organisationID)?.string : nil,
            softwareID: statementVerified ? statedText(.softwareID)?.string : nil
        )
    }
}
