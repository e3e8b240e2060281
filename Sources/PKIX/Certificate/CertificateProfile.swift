/// What kind of Open Banking or eIDAS certificate this is.
///
/// Decided by who issued it, the PSD2 statement and the purposes, as the directory's own certificates show.
package enum CertificateProfile: String, CaseIterable, Sendable {
    /// Directory certificate named after the software, for TLS.
    case legacyTransport = "legacy_transport"
    /// Directory certificate named after the software, for signing.
    case legacySigning = "legacy_signing"
    /// Directory certificate named after the organisation, for TLS.
    case obwac
    /// Directory certificate named after the organisation, for signing.
    case obseal
    /// Qualified website certificate of a trust service provider.
    case qwac
    /// Qualified seal certificate of a trust service provider.
    case qseal
    case unknown

    /// True for the profiles that may secure a TLS connection.
    package var isTransport: Bool {
        switch self {
        case .legacyTransport, .obwac, .qwac: true
        case .legacySigning, .obseal, .qseal, .unknown: false
        }
    }

    /// Classifies `certificate`, which is `issuedByDirectory` when its issuer is one of the directory's configured
    /// authorities.
    package static func classify(_ certificate: Certificate, issuedByDirectory: Bool) -> CertificateProfile {
        let statements = certificate.qcStatements
        guard statements?.psd2 == nil else {
            let types = statements?.qcTypes ?? []
            guard types.count == 1, let type = types.first else { return .unknown }
            switch type {
            case .web: return issuedByDirectory ? .obwac : .qwac
            case .eSeal: return issuedByDirectory ? .obseal : .qseal
            case .eSign: return .unknown
            }
        }
        guard issuedByDirectory, !certificate.subject.values(of: OID.organisationalUnit).isEmpty else {
            return .unknown
        }
        let purposes = certificate.extendedKeyUsage ?? []
        if purposes.contains(OID.documentSigning) { return .legacySigning }
        return purposes.contains(OID.clientAuth) ? .legacyTransport : .unknown
    }
}
