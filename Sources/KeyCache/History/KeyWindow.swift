package import Crypto
package import Encoding

/// What a listed key's certificate and its own members say of its time; nil is no bound.
package struct KeyWindow: Sendable, Hashable {
    /// The SHA-256 of the certificate, where the key was listed with one.
    package let certificate: SHA256Digest?
    package let notBefore: UnixTime?
    package let notAfter: UnixTime?
    /// Whether the certificate has a path to a configured anchor.
    package let isTrusted: Bool

    package init(
        certificate: SHA256Digest? = nil,
        notBefore: UnixTime? = nil,
        notAfter: UnixTime? = nil,
        isTrusted: Bool = false
    ) {
        self.certificate = certificate
        self.notBefore = notBefore
        self.notAfter = notAfter
        self.isTrusted = isTrusted
    }

    /// Whether a time lies inside, give or take `skew` seconds.
    package func contains(_ time: UnixTime, skew: Int64 = 0) -> Bool {
        if let notBefore, time < notBefore.subtractingClamped(skew) { return false }
        if let notAfter, time > notAfter.addingClamped(skew) { return false }
        return true
    }
}
