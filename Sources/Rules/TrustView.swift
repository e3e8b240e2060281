package import Crypto
package import Encoding
package import JOSE
package import PKIX

/// What the rules may know of the cache: look-ups into one immutable snapshot, nothing that waits or fetches.
package struct TrustView: Sendable {
    /// The snapshot's generation, for the evidence of a result.
    package var generation: Int
    /// How often the cache had been written to; with the generation it names the very state.
    package var pulse: Int?
    /// The trust anchors in use, where they can change without the generation.
    package var anchors: SHA256Digest?
    /// The key set last vetted for a URL, or nil where it was never fetched.
    package var keySet: @Sendable (ByteSlice) -> KeySet?
    /// Since when a kid, a key or a certificate is revoked in an organisation (second) or software (third), once and for all.
    package var revokedKeyID: @Sendable (ByteSlice, ByteSlice?, ByteSlice?) -> UnixTime?
    package var revokedKey: @Sendable (SHA256Digest, ByteSlice?, ByteSlice?) -> UnixTime?
    package var revokedCertificate: @Sendable (SHA256Digest, ByteSlice?, ByteSlice?) -> UnixTime?
    /// A certificate vetted before, by the SHA-256 of its DER.
    package var certificate: @Sendable (SHA256Digest) -> TransportCertificate?
    /// Told ahead which key sets and certificates will likely be asked for.
    package var ahead: (any KeyForesight)?
    /// Vets a certificate that no key set lists: its DER, the DER of the chain sent with it, and the time.
    package var vet: @Sendable ([UInt8], [[UInt8]], UnixTime) -> TransportCertificate?

    /// Whether an authority, by the SHA-256 of its certificate, is a qualified one of the trusted list (rule R-133).
    package var isQualified: @Sendable (SHA256Digest) -> Bool
    /// Every key a URL (first) ever listed under a kid (second), judged for a migration; empty where nothing is known.
    package var pastKeys: @Sendable (ByteSlice, ByteSlice, PastQuestion) -> [PastKey] = { _, _, _ in [] }
    /// Every key a URL (first) ever listed with this certificate, judged for a migration.
    package var pastCertificates: @Sendable (ByteSlice, SHA256Digest, PastQuestion) -> [PastKey] = { _, _, _ in [] }

    package init(
        generation: Int,
        keySet: @escaping @Sendable (ByteSlice) -> KeySet?,
        revokedKeyID: @escaping @Sendable (ByteSlice, ByteSlice?, ByteSlice?) -> UnixTime?,
        revokedKey: @escaping @Sendable (SHA256Digest, ByteSlice?, ByteSlice?) -> UnixTime?,
        revokedCertificate: @escaping @Sendable (SHA256Digest, ByteSlice?, ByteSlice?) -> UnixTime?,
        certificate: @escaping @Sendable (SHA256Digest) -> TransportCertificate?,
        vet: @escaping @Sendable ([UInt8], [[UInt8]], UnixTime) -> TransportCertificate?,
        isQualified: @escaping @Sendable (SHA256Digest) -> Bool = { _ in false }
    ) {
        self.generation = generation
        self.keySet = keySet
        self.revokedKeyID = revokedKeyID
        self.revokedKey = revokedKey
        self.revokedCertificate = revokedCertificate
        self.certificate = certificate
        self.vet = vet
        self.isQualified = isQualified
    }
}
