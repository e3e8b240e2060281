/// Why a revocation list is not taken.
package enum RevocationFault: Error, Equatable, Sendable {
    case tooLarge(limit: Int)
    case der(DERFault)
    case name(DNFault)
    /// A version 1 list, which cannot carry a number.
    case version
    /// The algorithm signed differs from the algorithm stated outside.
    case algorithmMismatch
    case nextUpdateMissing
    case validityReversed
    case numberMissing
    case numberInvalid
    case duplicateExtension(String)
    /// A delta list: only complete lists are taken.
    case delta
    /// A list that speaks for other issuers.
    case indirect
    /// A list of only some reasons, or of attribute certificates.
    case partial
    case unknownCritical(String)
    case unknownCriticalEntry(String)
    case malformedExtension(String)
    /// The certificate offered as the issuer has another name or key identifier, or is no authority.
    case notIssuer
    case issuerMayNotSign
    case weakSignature(String)
    case issuerKey
    case signature

    /// A stable name for logs and tests.
    package var code: String {
        switch self {
        case .tooLarge: "crl_too_large"
        case .der(let fault): fault.code
        case .name(let fault): fault.code
        case .version: "crl_version"
        case .algorithmMismatch: "crl_algorithm_mismatch"
        case .nextUpdateMissing: "crl_next_update_missing"
        case .validityReversed: "crl_validity_reversed"
        case .numberMissing: "crl_number_missing"
        case .numberInvalid: "crl_number_invalid"
        case .duplicateExtension: "crl_duplicate_extension"
        case .delta: "crl_delta"
        case .indirect: "crl_indirect"
        case .partial: "crl_partial"
        case .unknownCritical: "crl_unknown_critical"
        case .unknownCriticalEntry: "crl_unknown_critical_entry"
        case .malformedExtension: "crl_malformed_extension"
        case .notIssuer: "crl_not_issuer"
        case .issuerMayNotSign: "crl_issuer_may_not_sign"
        case .weakSignature: "crl_weak_signature"
        case .issuerKey: "crl_issuer_key"
        case .signature: "crl_signature"
        }
    }
}
