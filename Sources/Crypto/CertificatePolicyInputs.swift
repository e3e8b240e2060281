/// The inputs of policy processing (RFC 5280 §6.1.1), which the product never gives.
package struct CertificatePolicyInputs: Equatable, Sendable {
    /// Stands for every policy.
    package static let anyPolicy = "2.5.29.32.0"

    /// The policies that will do, dotted.
    package var acceptable: [String]
    /// Whether the path must be valid for one of them.
    package var isExplicit: Bool
    /// Whether policies may not be mapped.
    package var inhibitsMapping: Bool
    /// Whether anyPolicy does not count.
    package var inhibitsAny: Bool

    /// Makes the inputs; the defaults ask nothing.
    package init(
        acceptable: [String] = [anyPolicy],
        isExplicit: Bool = false,
        inhibitsMapping: Bool = false,
        inhibitsAny: Bool = false
    ) {
        self.acceptable = acceptable
        self.isExplicit = isExplicit
        self.inhibitsMapping = inhibitsMapping
        self.inhibitsAny = inhibitsAny
    }
}
