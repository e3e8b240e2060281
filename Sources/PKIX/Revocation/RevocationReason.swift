/// Why a certificate was revoked (RFC 5280 §5.3.1).
package enum RevocationReason: UInt8, CaseIterable, Sendable {
    case unspecified = 0
    case keyCompromise = 1
    case authorityCompromise = 2
    case affiliationChanged = 3
    case superseded = 4
    case cessationOfOperation = 5
    case certificateHold = 6
    case removeFromList = 8
    case privilegeWithdrawn = 9
    case attributeAuthorityCompromise = 10
}
