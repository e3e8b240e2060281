/// What makes a certificate unfit to secure a client's TLS connection, found in the certificate itself.
///
/// These are the checks OpenSSL leaves out or makes lenient, so that path validation alone is not enough
/// (R-118…R-120).
package enum TransportFault: Hashable, Sendable {
    /// basicConstraints says it is an authority.
    case notLeaf
    /// It is its own issuer.
    case selfIssued
    /// Not version 3.
    case version1
    /// The serial is zero, negative or longer than 20 octets.
    case serial
    case unknownCritical([String])
    case malformedExtension(String)
    case keyUsageMissing
    case digitalSignatureMissing
    /// keyUsage allows a leaf to sign certificates or lists.
    case authorityKeyUsage
    case extendedKeyUsageMissing
    case clientAuthMissing
    case anyExtendedKeyUsage
    /// The purpose of the directory's signing certificates: this one is for signing, not for TLS.
    case documentSigning
    case weakKey(PublicKeyKind)
    /// The key is of a good kind and size but its numbers are not acceptable; the text is Crypto's code.
    case unusableKey(String)
    case weakSignature(String)
    case algorithmMismatch
    case validityReversed
    case issuerEmpty

    /// True when it says that the certificate may not be used by a TLS client.
    var isAboutPurpose: Bool {
        switch self {
        case .digitalSignatureMissing, .clientAuthMissing, .documentSigning: true
        default: false
        }
    }

    /// A stable name for findings and tests.
    package var code: String {
        switch self {
        case .notLeaf: "not_leaf"
        case .selfIssued: "self_issued"
        case .version1: "version1"
        case .serial: "serial"
        case .unknownCritical: "unknown_critical"
        case .malformedExtension: "malformed_extension"
        case .keyUsageMissing: "key_usage_missing"
        case .digitalSignatureMissing: "digital_signature_missing"
        case .authorityKeyUsage: "authority_key_usage"
        case .extendedKeyUsageMissing: "extended_key_usage_missing"
        case .clientAuthMissing: "client_auth_missing"
        case .anyExtendedKeyUsage: "any_extended_key_usage"
        case .documentSigning: "document_signing"
        case .weakKey: "weak_key"
        case .unusableKey: "unusable_key"
        case .weakSignature: "weak_signature"
        case .algorithmMismatch: "algorithm_mismatch"
        case .validityReversed: "validity_reversed"
        case .issuerEmpty: "issuer_empty"
        }
    }
}
