package import Encoding

/// How a revocation list stands.
package struct ListSummary: Sendable, Equatable {
    package let url: String
    /// The name of the authority that issued it; nil where no list was ever accepted.
    package let issuer: String?
    /// The CRL number (RFC 5280 §5.2.3), in hexadecimal; nil where no list was ever accepted.
    package let number: String?
    package let thisUpdate: UnixTime?
    package let nextUpdate: UnixTime?
    /// How many certificates are on it.
    package let entries: Int
    /// When the list was last confirmed: fetched, or said to be unchanged.
    package let confirmedAt: UnixTime?
}
