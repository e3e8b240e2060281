import Crypto

/// Inspects a certificate alone for its fitness as a transport certificate.
enum TransportInspector {
    /// Everything wrong with `certificate`, in a fixed order.
    static func faults(of certificate: Certificate, key: Result<PublicKey, KeyFault>) -> [TransportFault] {
        form(certificate) + usage(certificate) + purposes(certificate) + strength(certificate, key)
    }

    private static func form(_ certificate: Certificate) -> [TransportFault] {
        var faults: [TransportFault] = []
        if certificate.isAuthority { faults.append(.notLeaf) }
        if certificate.isSelfIssued { faults.append(.selfIssued) }
        for defect in certificate.defects {
            guard let fault = fault(for: defect), !faults.contains(fault) else { continue }
            faults.append(fault)
        }
        if !certificate.criticalUnknown.isEmpty { faults.append(.unknownCritical(certificate.criticalUnknown)) }
        return faults
    }

    private static func fault(for defect: CertificateDefect) -> TransportFault? {
        switch defect {
        case .notVersion3: .version1
        case .serialZero, .serialNegative, .serialTooLong: .serial
        case .algorithmMismatch: .algorithmMismatch
        case .validityReversed: .validityReversed
        case .issuerEmpty: .issuerEmpty
        case .malformedExtension(let oid): .malformedExtension(oid)
        case .timeForm, .explicitDefault: nil
        }
    }

    private static func usage(_ certificate: Certificate) -> [TransportFault] {
        guard let usage = certificate.keyUsage else { return [.keyUsageMissing] }
        var faults: [TransportFault] = []
        if !usage.contains(.digitalSignature) { faults.append(.digitalSignatureMissing) }
        if !certificate.isAuthority, !usage.isDisjoint(with: [.keyCertSign, .crlSign]) {
            faults.append(.authorityKeyUsage)
        }
        return faults
    }

    private static func purposes(_ certificate: Certificate) -> [TransportFault] {
        guard let purposes = certificate.extendedKeyUsage else { return [.extendedKeyUsageMissing] }
        var faults: [TransportFault] = []
        if purposes.contains(OID.documentSigning) { faults.append(.documentSigning) }
        if purposes.contains(OID.anyExtendedKeyUsage) { faults.append(.anyExtendedKeyUsage) }
        if !purposes.contains(OID.clientAuth) { faults.append(.clientAuthMissing) }
        return faults
    }

    private static func strength(_ certificate: Certificate, _ key: Result<PublicKey, KeyFault>) -> [TransportFault] {
        var faults: [TransportFault] = []
        if !certificate.publicKeyKind.isStrong {
            faults.append(.weakKey(certificate.publicKeyKind))
        } else if case .failure(let fault) = key {
            faults.append(.unusableKey(fault.code))
        }
        if !SignatureStrength.isStrong(certificate.algorithmIdentifier) {
            faults.append(.weakSignature(certificate.signatureAlgorithm))
        }
        return faults
    }
}
