package import JOSE
package import PKIX

/// The kinds of reasons a body that came is not used, by their stable names: in status, log, metrics, JSON and
/// docs/FAILURES.md.
///
/// The last good body stays.
package enum BodyFailureKind: String, CaseIterable, Sendable {
    // No key set.
    case setTooLarge = "jwks.too_large"
    case setNotUTF8 = "jwks.not_utf8"
    case setNotJSON = "jwks.json"
    case setNotObject = "jwks.not_object"
    case setWithoutKeys = "jwks.no_keys"
    case setOfTooManyKeys = "jwks.too_many_keys"
    // A key set that waits.
    case heldEmpty = "held.empty"
    case heldReplacement = "held.replacement"
    case heldRebound = "held.rebound"
    case heldFleet = "held.fleet"
    case rejectedBefore = "hold.rejected"
    // No revocation list.
    case listTooLarge = "crl_too_large"
    case listMalformed = "crl_malformed"
    case listVersion = "crl_version"
    case listAlgorithmMismatch = "crl_algorithm_mismatch"
    case listNextUpdateMissing = "crl_next_update_missing"
    case listValidityReversed = "crl_validity_reversed"
    case listNumberMissing = "crl_number_missing"
    case listNumberInvalid = "crl_number_invalid"
    case listDuplicateExtension = "crl_duplicate_extension"
    case listDelta = "crl_delta"
    case listIndirect = "crl_indirect"
    case listPartial = "crl_partial"
    case listUnknownCritical = "crl_unknown_critical"
    case listUnknownCriticalEntry = "crl_unknown_critical_entry"
    case listMalformedExtension = "crl_malformed_extension"
    // A revocation list nobody we know signed.
    case listNotIssuer = "crl_not_issuer"
    case listIssuerMayNotSign = "crl_issuer_may_not_sign"
    case listWeakSignature = "crl_weak_signature"
    case listIssuerKey = "crl_issuer_key"
    case listSignature = "crl_signature"
    // A revocation list that would take us back.
    case listOlder = "crl_older"
    case listOutOfDate = "crl_out_of_date"
    case listFromFuture = "crl_from_future"
    // No body at all, or a copy of the wrong time.
    case nothingToConfirm = "not_modified_without_body"
    case copyTooOld = "copy_too_old"
    case copyOlder = "copy_older"
    case copyFromFuture = "copy_from_future"

    /// The kind of what is wrong with a key set.
    package init(_ fault: JWKSetFault) {
        self =
            switch fault {
            case .tooLarge: .setTooLarge
            case .notUTF8: .setNotUTF8
            case .json: .setNotJSON
            case .notObject: .setNotObject
            case .noKeys: .setWithoutKeys
            case .tooManyKeys: .setOfTooManyKeys
            }
    }

    /// The kind of what is wrong with a revocation list.
    package init(_ fault: RevocationFault) {
        self =
            switch fault {
            case .tooLarge: .listTooLarge
            case .der, .name: .listMalformed
            case .version: .listVersion
            case .algorithmMismatch: .listAlgorithmMismatch
            case .nextUpdateMissing: .listNextUpdateMissing
            case .validityReversed: .listValidityReversed
            case .numberMissing: .listNumberMissing
            case .numberInvalid: .listNumberInvalid
            case .duplicateExtension: .listDuplicateExtension
            case .delta: .listDelta
            case .indirect: .listIndirect
            case .partial: .listPartial
            case .unknownCritical: .listUnknownCritical
            case .unknownCriticalEntry: .listUnknownCriticalEntry
            case .malformedExtension: .listMalformedExtension
            case .notIssuer: .listNotIssuer
            case .issuerMayNotSign: .listIssuerMayNotSign
            case .weakSignature: .listWeakSignature
            case .issuerKey: .listIssuerKey
            case .signature: .listSignature
            }
    }

    /// The kind of a body that waits.
    package init(_ rule: HoldRule) {
        self =
            switch rule {
            case .empty: .heldEmpty
            case .replacement: .heldReplacement
            case .rebound: .heldRebound
            case .fleet: .heldFleet
            }
    }
}
