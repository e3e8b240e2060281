package import Crypto

/// The authorities certificates are traced to: those of the directory and, apart from them, those of qualified
/// trust service providers.
///
/// Self-signed authorities are anchors, others are issuing authorities; several of each may overlap in time. A
/// certificate whose issuer bears the name of a directory authority is traced to the directory's anchors only, so
/// that no other authority can stand in by using that name.
package struct TrustAnchors: Sendable {
    /// Most certificates a client may send along.
    package static let extraLimit = 16

    /// The directory's anchors and issuing authorities.
    package let directory: [Certificate]
    /// The anchors and issuing authorities of qualified trust service providers.
    package let qualified: [Certificate]
    /// SHA-256 over the sorted fingerprints: changes exactly when the set changes.
    package let digest: SHA256Digest
    private let byFingerprint: [SHA256Digest: Certificate]
    private let directoryNames: Set<[UInt8]>
    private let directoryPaths: PathVerification
    private let qualifiedPaths: PathVerification?

    /// Loads anchors and issuing authorities from PEM texts or DER; a PEM text may hold several.
    package static func load(
        _ bodies: [[UInt8]],
        qualified: [[UInt8]] = []
    ) throws(TrustFault) -> TrustAnchors {
        try load(bodies, qualified: qualified, settings: .standard)
    }

    static func load(
        _ bodies: [[UInt8]],
        qualified: [[UInt8]] = [],
        settings: ChainSettings
    ) throws(TrustFault) -> TrustAnchors {
        try TrustAnchors(
            directory: TrustAnchorReader.certificates(bodies),
            qualified: TrustAnchorReader.certificates(qualified, firstIndex: bodies.count),
            settings: settings
        )
    }

    private init(
        directory: [Certificate],
        qualified: [Certificate],
        settings: ChainSettings
    ) throws(TrustFault) {
        guard directory.contains(where: settings.trusts) else { throw .noAnchor }
        guard qualified.isEmpty || qualified.contains(where: settings.trusts) else { throw .noAnchor }
        directoryPaths = try PathVerification(directory, settings: settings)
        qualifiedPaths = qualified.isEmpty ? nil : try PathVerification(qualified, settings: settings)
        self.directory = directory
        self.qualified = qualified
        directoryNames = Set(directory.map(\.subjectDER))
        byFingerprint = Dictionary(
            (directory + qualified).map { ($0.fingerprint, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        let groups = [directory, [], qualified].map { $0.map(\.fingerprint.hex).sorted().joined() }
        digest = .of(groups.joined(separator: "/"))
    }

    /// The names of the directory's authorities, each once.
    package var issuingNames: [DistinguishedName] {
        var names: [DistinguishedName] = []
        for certificate in directory where !names.contains(certificate.subject) { names.append(certificate.subject) }
        return names
    }

    /// The authority with `fingerprint`.
    package func certificate(_ fingerprint: SHA256Digest) -> Certificate? { byFingerprint[fingerprint] }

    /// The authorities that may have issued what names `issuer`, by name and key identifier: those to verify a
    /// revocation list with.
    ///
    /// Under a name of the directory's these are the directory's only, so that no other authority can say, by using
    /// that name, which of the directory's certificates are revoked.
    package func authorities(named issuer: DistinguishedName, keyIdentifier: [UInt8]? = nil) -> [Certificate] {
        let ofDirectory = directory.filter { $0.subject.matches(issuer) }
        let named = ofDirectory.isEmpty ? qualified.filter { $0.subject.matches(issuer) } : ofDirectory
        guard let keyIdentifier else { return named }
        return named.filter { $0.subjectKeyIdentifier == nil || $0.subjectKeyIdentifier == keyIdentifier }
    }

    /// True when the authority with the fingerprint `signer` is one `authorities(named:)` gives for `list`: what was
    /// verified under other anchors counts only as long as this holds.
    package func vouch(for list: RevocationList, signedBy signer: SHA256Digest) -> Bool {
        authorities(named: list.issuer).contains { $0.fingerprint == signer }
    }

    /// True when the issuer of `certificate` bears the name of one of the directory's authorities.
    package func isIssuedByDirectory(_ certificate: Certificate) -> Bool {
        directoryNames.contains(certificate.issuerDER)
    }

    /// Vets a certificate: decodes it, inspects it and traces it to the anchors, with `extra` issuing certificates
    /// at hand.
    ///
    /// Costs hundreds of microseconds: done when a certificate is first met, not per request.
    package func vet(_ der: [UInt8], extra: [[UInt8]] = []) throws(CertificateFault) -> TransportCertificate {
        vet(try Certificate.decode(der), extra: extra)
    }

    /// Vets a certificate that was decoded before.
    package func vet(_ certificate: Certificate, extra: [[UInt8]] = []) -> TransportCertificate {
        let isFromDirectory = isIssuedByDirectory(certificate)
        let paths = isFromDirectory ? directoryPaths : qualifiedPaths ?? directoryPaths
        return TransportCertificate(certificate: certificate, issuedByDirectory: isFromDirectory) { faults in
            paths.verify(certificate, extra: extra, faults: faults)
        }
    }
}
