import Crypto
import Encoding
import JOSE
import PKIX
import Rules

/// The transport certificate as it was read and vetted.
struct ExplainedCertificate {
    let fingerprint: String
    let subject: String
    let issuer: String
    let profile: String
    let notBefore: UnixTime
    let notAfter: UnixTime
    /// The path to the anchors, in words.
    let chain: String
    /// What its issuer's revocation list says, in words.
    let revocation: String

    /// Which key set lists it, in words.
    let listing: String
    /// When that set was fetched; nil where none lists it.
    let fetchedAt: UnixTime?

    init(_ certificate: TransportCertificate, _ evidence: Evidence, now: UnixTime, _ anchors: TrustAnchors) {
        let sets = [("software", evidence.softwareKeys), ("organisation", evidence.organisationKeys)]
        let place = sets.first { $0.1?.contains(certificate: certificate.fingerprint) == true }
        listing = place.map { "listed in the key set of the \($0.0)" } ?? "listed in no key set that was looked into"
        fetchedAt = place?.1?.fetchedAt
        fingerprint = certificate.fingerprint.hex
        subject = Printable.text(certificate.certificate.subject.rfc4514, limit: 300)
        issuer = Printable.text(certificate.certificate.issuer.rfc4514, limit: 300)
        profile = certificate.profile.rawValue
        notBefore = certificate.certificate.notBefore
        notAfter = certificate.certificate.notAfter
        switch certificate.chain {
        case .success(let info):
            let root = info.issuers.last.flatMap { anchors.certificate($0) }?.subject.commonName
            chain = "traced to \(Printable.text(root ?? "a trust anchor"))"
        case .failure(let refusal): chain = "not traced to a trust anchor: \(refusal.text)"
        }
        switch certificate.revocation(at: now) {
        case .good(let until): revocation = "not revoked, by a list good until \(Timestamp.rfc3339(until))"
        case .revoked(let at, let reason): revocation = "revoked since \(Timestamp.rfc3339(at)) (\(reason))"
        case .unknown: revocation = "unknown: no list of its issuer is held"
        case .stale(let since):
            revocation = "unknown: its issuer's list is out of date since \(Timestamp.rfc3339(since))"
        }
    }
}
