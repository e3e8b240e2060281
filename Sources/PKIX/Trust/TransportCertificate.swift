package import Crypto
package import Encoding

/// A transport certificate with everything that can be known of it before a request arrives.
///
/// Immutable: a snapshot holds one per fingerprint and every worker reads it. Only what depends on the time of a
/// request is computed then.
package final class TransportCertificate: Sendable {
    package let profile: CertificateProfile
    /// What every verdict asks of it.
    package let traits: CertificateTraits
    package let certificate: Certificate
    /// The subject's parts that rules compare.
    package let names: SubjectNames
    /// Whether its issuer bears the name of one of the directory's configured authorities.
    package let issuedByDirectory: Bool
    /// The path to a configured anchor, or why there is none.
    package let chain: Result<ChainInfo, ChainRefusal>
    package let publicKey: Result<PublicKey, KeyFault>
    /// What makes the certificate itself unfit; empty for a good one.
    package let faults: [TransportFault]
    /// The parts of organizationIdentifier, when there is one of a known form.
    package let organisationIdentifier: OrganisationIdentifier?
    /// What was known of its revocation when it was last looked up; see `revocation(at:)`.
    package let revocation: RevocationState
    /// What was known of the revocation of the authorities above it, the least good of them.
    package let issuerRevocation: RevocationState

    init(
        certificate: Certificate,
        issuedByDirectory: Bool,
        key: PublicKey? = nil,
        chain: ([TransportFault]) -> Result<ChainInfo, ChainRefusal>
    ) {
        self.certificate = certificate
        self.issuedByDirectory = issuedByDirectory
        profile = .classify(certificate, issuedByDirectory: issuedByDirectory)
        let spki = certificate.spki
        if let key, key.spki == spki {
            publicKey = .success(key)
        } else {
            publicKey = Result { () throws(KeyFault) in try PublicKey.spki(spki) }
        }
        faults = TransportInspector.faults(of: certificate, key: publicKey)
        self.chain = chain(faults)
        traits = CertificateTraits(certificate, chain: self.chain, key: publicKey, faults: faults)
        names = SubjectNames(certificate.subject)
        organisationIdentifier = certificate.organisationIdentifier
        revocation = .unknown
        issuerRevocation = .unknown
    }

    /// The certificate with the verdict reached when it was vetted; verifies nothing.
    ///
    /// `key` spares reading the key again where it is known already; one of other bytes is left aside.
    package convenience init(certificate: Certificate, persistedChain record: ChainRecord, key: PublicKey? = nil) {
        self.init(certificate: certificate, issuedByDirectory: record.issuedByDirectory, key: key) { _ in record.chain }
    }

    private init(_ other: TransportCertificate, revocation: RevocationState, issuerRevocation: RevocationState) {
        certificate = other.certificate
        (profile, traits, names) = (other.profile, other.traits, other.names)
        issuedByDirectory = other.issuedByDirectory
        chain = other.chain
        publicKey = other.publicKey
        faults = other.faults
        organisationIdentifier = other.organisationIdentifier
        self.revocation = revocation
        self.issuerRevocation = issuerRevocation
    }

    package var fingerprint: SHA256Digest { certificate.fingerprint }

    /// The roles of the PSD2 statement; empty without one.
    package var psd2Roles: [PSD2Role] { certificate.qcStatements?.psd2?.roles ?? [] }

    /// The verdict on the path in plain values, to be stored.
    package var chainRecord: ChainRecord { ChainRecord(chain, issuedByDirectory: issuedByDirectory) }

    /// The same certificate with what is known of its revocation and of its issuers'.
    package func revised(revocation: RevocationState, issuerRevocation: RevocationState) -> TransportCertificate {
        TransportCertificate(self, revocation: revocation, issuerRevocation: issuerRevocation)
    }

    /// The same certificate with what `lists` say of it and of the authorities above it, which `anchors` know, at
    /// `now`.
    package func revised(
        with lists: RevocationLists,
        anchors: TrustAnchors,
        at now: UnixTime
    ) -> TransportCertificate {
        var above = RevocationState.unknown
        if case .success(let info) = chain {
            let known = info.issuers.compactMap(anchors.certificate)
            above = lists.state(ofAll: known, at: now)
            if known.count < info.issuers.count { above = above.worse(of: .unknown) }
        }
        return revised(revocation: lists.state(of: certificate, at: now), issuerRevocation: above)
    }

    /// What is known of its revocation, as it stands at `now`.
    package func revocation(at now: UnixTime) -> RevocationState { revocation.asOf(now) }

    /// What is known of the revocation of the authorities above it, as it stands at `now`.
    package func issuerRevocation(at now: UnixTime) -> RevocationState { issuerRevocation.asOf(now) }
}
