import Crypto
import Encoding
import GRDB
import JOSE
import PKIX

/// A decoded key set with its certificates vetted: everything an acceptance needs that takes time, done outside of its transaction.
struct PreparedSet {
    /// A certificate with the verdict on its path.
    struct Vetted {
        let certificate: Certificate
        let record: ChainRecord
    }

    let keys: [PublishedKey]
    let skipped: [SkippedKey]
    let certificates: [Vetted]
    /// The digest of the anchors the verdicts were reached with.
    let anchors: SHA256Digest

    init(_ set: JWKSet, anchors: TrustAnchors) {
        var keys: [PublishedKey] = []
        var certificates: [Vetted] = []
        for key in set.keys {
            // A certificate that cannot be read costs the key its certificate only; JOSE noted it already (C13).
            let certificate = Self.certificate(of: key)
            keys.append(PublishedKey(key, certificate: certificate))
            guard let certificate else { continue }
            let verdict = anchors.vet(certificate, extra: key.issuerCertificates)
            certificates.append(Vetted(certificate: certificate, record: verdict.chainRecord))
        }
        self.keys = keys
        self.skipped = set.skipped
        self.certificates = certificates
        self.anchors = anchors.digest
    }

    /// Keeps the certificates with their verdicts.
    func keepCertificates(_ db: Database, at time: UnixTime) throws {
        for vetted in certificates {
            try CertificateTable.keep(db, vetted.certificate)
            try CertificateTable.vet(db, vetted.certificate.fingerprint, vetted.record, anchors, at: time)
        }
    }

    private static func certificate(of key: VerificationKey) -> Certificate? {
        guard let der = key.certificate, let fingerprint = key.certificateFingerprint else { return nil }
        do { return try Certificate.decode(der, fingerprint: fingerprint) } catch { return nil }
    }
}
