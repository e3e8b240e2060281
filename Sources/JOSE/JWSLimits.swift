/// The bounds a compact JWS must keep before any byte of it is decoded (`security.md` B).
package struct JWSLimits: Sendable, Equatable {
    /// The most bytes the decoded header may have.
    package var headerBytes: Int
    /// The most bytes the decoded payload may have.
    package var payloadBytes: Int
    /// The most bytes the decoded signature may have; 1024 is RSA-8192.
    package var signatureBytes: Int

    /// Whether the payload may have no bytes; RFC 7515 allows it, a registration is never empty.
    package var allowsEmptyPayload = false

    package init(headerBytes: Int = 4 << 10, payloadBytes: Int = 48 << 10, signatureBytes: Int = 1 << 10) {
        self.headerBytes = headerBytes
        self.payloadBytes = payloadBytes
        self.signatureBytes = signatureBytes
    }

    /// 4 KiB of header, 48 KiB of payload, 1 KiB of signature.
    package static let standard = JWSLimits()
}
