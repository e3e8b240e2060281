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
        let verdict: Verdicts.Verdict
    }

    let keys: [PublishedKey]
    let skipped: [SkippedKey]
    let certificates: [Vetted]
    /// The digest of the anchors the verdicts were reached with.
    let anchors: SHA256Digest

    init(_ db: Database, _ set: JWKSet, _ verdicts: inout Verdicts) throws {
        var keys: [PublishedKey] = []
        var certificates: [Vetted] = []
        for key in set.keys {
            // A certificate that cannot be read costs the key its certificate only; JOSE noted it already (C13).
            let certificate = Self.certificate(of: key)
            keys.append(PublishedKey(key, certificate: certificate))
            guard let certificate else { continue }
            let verdict = try verdicts.verdict(db, on: certificate, extra: key.issuerCertificates)
            certificates.append(Vetted(certificate: certificate, verdict: verdict))
        }
        self.keys = keys
        self.skipped = set.skipped
        self.certificates = certificates
        self.anchors = verdicts.digest
    }

    /// Whether a certificate is judged otherwise than before: an issuer came along.
    var revisesVerdicts: Bool { certificates.contains { $0.verdict.isRevised } }

    /// Keeps the certificates with their verdicts, where the store does not have them yet.
    func keepCertificates(_ db: Database, at time: UnixTime) throws {
        for vetted in certificates where !vetted.verdict.isKept {
            try CertificateTable.keep(db, vetted.certificate)
            try CertificateTable.vet(db, vetted.certificate.fingerprint, vetted.verdict.record, anchors, at: time)
        }
    }

    private static func certificate(of key: VerificationKey) -> Certificate? {
        guard let der = key.certificate, let fingerprint = key.certificateFingerprint else { return nil }
        do { return try Certificate.decode(der, fingerprint: fingerprint) } catch { return nil }
    }
}
