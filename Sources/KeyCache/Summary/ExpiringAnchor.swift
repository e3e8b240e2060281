package import Encoding

/// An authority that ends soon.
package struct ExpiringAnchor: Sendable, Equatable {
    package let subject: String
    package let notAfter: UnixTime
    /// Whether it names itself as its issuer, as a root does.
    package let isSelfIssued: Bool
}
