/// How a path is built and judged.
///
/// Requests, key sets and configuration are judged by `standard` and nothing else; a test holds that no other target
/// makes settings of its own. The others let outside suites ask the same engine what it was built not to be asked.
package struct ChainSettings: Equatable, Sendable {
    /// The one way of the product.
    package static let standard = ChainSettings()

    /// How far above the leaf an anchor may stand.
    package var depthLimit = ChainVerifier.depthLimit
    /// How many authorities may stand between leaf and anchor, not counting self-issued ones (RFC 5280 §6.1.4 (l)); nil:
    /// as many as the depth allows.
    package var intermediateLimit: Int?
    /// Whether an anchor may have been issued by another authority.
    package var trustsIssuedAnchors = false
    /// Whether an authority may stand where the leaf does.
    package var admitsAuthorities = false
    /// What is asked of certificate policies; nil: they are not processed, which bounds the work (CVE-2023-0464).
    package var policies: CertificatePolicyInputs?

    /// The standard settings, to be changed from there.
    package init() {}
}
