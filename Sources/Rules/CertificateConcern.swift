import PKIX

/// Which rule a fault of a certificate belongs to.
enum CertificateConcern {
    /// What it is at all: an end entity's well-formed certificate (R-118).
    case leaf
    /// How strong its key and signature are (R-119).
    case strength
    /// What it may be used for (R-120).
    case purpose

    func covers(_ fault: TransportFault) -> Bool { Self.of(fault) == self }

    private static func of(_ fault: TransportFault) -> CertificateConcern {
        switch fault {
        case .weakKey, .unusableKey, .weakSignature: .strength
        case .keyUsageMissing, .digitalSignatureMissing, .authorityKeyUsage, .extendedKeyUsageMissing,
            .clientAuthMissing,
            .anyExtendedKeyUsage, .documentSigning:
            .purpose
        case .notLeaf, .selfIssued, .version1, .serial, .unknownCritical, .malformedExtension, .algorithmMismatch,
            .validityReversed, .issuerEmpty:
            .leaf
        }
    }
}

extension TransportFault {
    /// The fault as the end of a sentence that begins with "the certificate".
    var sentence: String {
        switch self {
        case .notLeaf: "is an authority's"
        case .selfIssued: "is its own issuer"
        case .version1: "is not of version 3"
        case .serial: "has a serial number that is not 1 to 20 octets and positive"
        case .unknownCritical(let extensions): "has unknown critical extensions (\(extensions.joined(separator: ", ")))"
        case .malformedExtension(let name): "has a malformed extension (\(name))"
        case .keyUsageMissing: "has no key usage"
        case .digitalSignatureMissing: "is not for digital signatures"
        case .authorityKeyUsage: "may sign certificates or revocation lists"
        case .extendedKeyUsageMissing: "has no extended key usage"
        case .clientAuthMissing: "is not for client authentication"
        case .anyExtendedKeyUsage: "allows any purpose"
        case .documentSigning: "is a signing certificate, not one for transport"
        case .weakKey(let kind): "has a weak key (\(kind))"
        case .unusableKey(let code): "has an unusable key (\(code))"
        case .weakSignature(let algorithm): "is signed with a weak algorithm (\(algorithm))"
        case .algorithmMismatch: "names two different signature algorithms"
        case .validityReversed: "ends before it begins"
        case .issuerEmpty: "has no issuer name"
        }
    }
}
