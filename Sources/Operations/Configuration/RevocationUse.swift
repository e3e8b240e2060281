/// Whether a transport certificate needs a good CRL.
package enum RevocationUse: String, CaseIterable, Sendable {
    case require
    case ifPresent = "if-present"
    case off
}
