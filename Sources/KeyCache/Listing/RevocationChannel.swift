/// How a revocation came to be known.
package enum RevocationChannel: String, Sendable, CaseIterable {
    /// A revoked set of the directory's, which gives no reason.
    case set
    /// A certificate revocation list.
    case crl
    /// An operator's word.
    case `operator`
}
