package import Crypto
package import Encoding

/// A path from a certificate to a configured anchor, found once and kept.
package struct ChainInfo: Equatable, Sendable {
    /// The issuing authorities, the leaf's issuer first, the anchor last.
    package let issuers: [SHA256Digest]
    /// The latest notBefore of the issuers.
    package let notBefore: UnixTime
    /// The earliest notAfter of the issuers, inclusive.
    package let notAfter: UnixTime

    package init(issuers: [SHA256Digest], notBefore: UnixTime, notAfter: UnixTime) {
        self.issuers = issuers
        self.notBefore = notBefore
        self.notAfter = notAfter
    }

    /// The fingerprint of the authority that issued the leaf.
    package var issuer: SHA256Digest? { issuers.first }

    /// True when all issuers are valid at `now`.
    package func isValid(at now: UnixTime) -> Bool { now >= notBefore && now <= notAfter }
}
