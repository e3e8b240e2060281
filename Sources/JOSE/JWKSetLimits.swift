/// The bounds of a key set (`security.md` B).
package struct JWKSetLimits: Sendable, Equatable {
    /// The most bytes a body may have.
    package var bodyBytes: Int
    /// The most entries in `keys`.
    package var keys: Int
    /// The most certificates in one `x5c`.
    package var chain: Int
    /// The most bytes of one certificate.
    package var certificateBytes: Int
    /// The most bytes of a kid.
    package var keyIDBytes: Int

    package init(
        bodyBytes: Int = 1 << 20,
        keys: Int = 256,
        chain: Int = 5,
        certificateBytes: Int = 8 << 10,
        keyIDBytes: Int = 255
    ) {
        self.bodyBytes = bodyBytes
        self.keys = keys
        self.chain = chain
        self.certificateBytes = certificateBytes
        self.keyIDBytes = keyIDBytes
    }

    /// 1 MiB, 256 keys, 5 certificates of 8 KiB each, kid up to 255 bytes.
    package static let standard = JWKSetLimits()
}
