/// How revocation lists are taken and combined.
///
/// Not visible outside this module: the product takes complete lists of the issuer's own key and nothing else. The
/// rest lets an outside suite that needs it run through the same code.
struct RevocationSettings: Equatable, Sendable {
    /// The one way of the product.
    static let standard = RevocationSettings()

    /// Whether delta lists are read and count (RFC 5280 §5.2.4).
    var takesDeltas = false
    /// Whether a list may be signed by another key of the certificate's issuer, one that was traced to an anchor.
    var takesOtherKeys = false
}
