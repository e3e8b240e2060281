/// What is wrong with a certificate that can still be described.
package enum CertificateDefect: Hashable, Sendable {
    /// Not version 3, so that it can hold no extensions.
    case notVersion3
    /// Zero, which RFC 5280 §4.1.2.2 forbids.
    case serialZero
    /// Negative, which RFC 5280 §4.1.2.2 forbids.
    case serialNegative
    /// Longer than 20 octets.
    case serialTooLong
    /// The algorithm signed differs from the algorithm stated outside.
    case algorithmMismatch
    /// notBefore is after notAfter.
    case validityReversed
    /// A date before 2050 written as GeneralizedTime, or the reverse cannot be.
    case timeForm
    /// No issuer name.
    case issuerEmpty
    /// An extension that is understood, but whose content is not what its definition says.
    case malformedExtension(String)
    /// Explicitly encoded default values, which DER forbids.
    case explicitDefault
}
