/// The extensions of certificates and lists that are understood here, told apart by their encoded identifiers.
enum ExtensionType {
    case subjectKeyIdentifier, keyUsage, subjectAlternativeName, issuerAlternativeName, basicConstraints
    case nameConstraints, crlDistributionPoints, certificatePolicies, authorityKeyIdentifier, extendedKeyUsage
    case crlNumber, reasonCode, invalidityDate, deltaCRLIndicator, issuingDistributionPoint, certificateIssuer
    case policyMappings, policyConstraints, inhibitAnyPolicy
    case authorityInformation, qcStatements
    case other

    /// The type whose identifier has the content octets `range` of `bytes`.
    init(_ bytes: [UInt8], _ range: Range<Int>) {
        let first = range.lowerBound
        if range.count == 3, bytes[first] == 0x55, bytes[first + 1] == 0x1D {
            self = ExtensionType.certificateExtension(bytes[first + 2])
        } else if range.count == 8, bytes[range].starts(with: [0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x01]) {
            switch bytes[first + 7] {
            case 1: self = .authorityInformation
            case 3: self = .qcStatements
            default: self = .other
            }
        } else {
            self = .other
        }
    }

    /// The type 2.5.29.`arc`.
    private static func certificateExtension(_ arc: UInt8) -> ExtensionType {
        switch arc {
        case 14: .subjectKeyIdentifier
        case 15: .keyUsage
        case 17: .subjectAlternativeName
        case 18: .issuerAlternativeName
        case 19: .basicConstraints
        case 20: .crlNumber
        case 21: .reasonCode
        case 24: .invalidityDate
        case 27: .deltaCRLIndicator
        case 28: .issuingDistributionPoint
        case 29: .certificateIssuer
        case 30: .nameConstraints
        case 31: .crlDistributionPoints
        case 32: .certificatePolicies
        case 33: .policyMappings
        case 35: .authorityKeyIdentifier
        case 36: .policyConstraints
        case 37: .extendedKeyUsage
        case 54: .inhibitAnyPolicy
        default: .other
        }
    }
}
