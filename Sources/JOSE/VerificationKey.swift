package import Crypto
package import Encoding

/// One usable key of a key set, with everything its JWK says about it.
///
/// Immutable and shared. A kid is only a label; the key's identity is `key.spkiSHA256`.
package final class VerificationKey: Sendable {
    // What every verdict asks comes first and lies together.
    /// The key itself, ready to verify with.
    package let key: PublicKey
    /// The kid: an opaque byte string of 1 to 255 bytes, or nil where the JWK has none.
    package let kid: [UInt8]?
    package let use: KeyUse
    /// Whether there are `notices`.
    package let hasNotices: Bool
    private let pinned: SignatureAlgorithm?
    /// Where `key` lies, to be brought near without touching it.
    let keyPlace: UInt
    /// The SHA-256 of `certificate`.
    package let certificateFingerprint: SHA256Digest?
    /// The position in the set's `keys`, from 0.
    package let index: Int
    /// `alg` as sent, cut for printing.
    package let algorithm: String?
    /// `key_ops`, or nil where the JWK has none.
    package let keyOperations: KeyOperations?
    /// What the JWK says of its time.
    package let lifetime: KeyLifetime
    /// The JWK thumbprint with SHA-256 (RFC 7638).
    package let thumbprint: SHA256Digest
    /// `x5c[0]` as DER, when it could be read; it holds this very key.
    package let certificate: [UInt8]?
    /// `x5c[1...]` as DER, as far as readable.
    package let issuerCertificates: [[UInt8]]
    /// What the owner should hear about this key.
    package let notices: [KeyNotice]

    init(index: Int, attributes: KeyAttributes, key: PublicKey, chain: KeyChain) {
        self.index = index
        self.kid = attributes.kid
        self.use = attributes.use
        self.algorithm = attributes.algorithm
        self.pinned = attributes.algorithm.flatMap(SignatureAlgorithm.init(rawValue:))
        self.keyOperations = attributes.keyOperations
        self.lifetime = attributes.lifetime
        self.key = key
        keyPlace = Foresight.address(of: key)
        self.thumbprint = Thumbprint.sha256(key.material)
        self.certificate = chain.leaf
        self.certificateFingerprint = chain.leaf.map(SHA256Digest.of)
        self.issuerCertificates = chain.issuers
        notices = attributes.notices + chain.notices
        hasNotices = !notices.isEmpty
    }

    /// Makes a key again of what a store kept of it; nothing is decoded or checked anew.
    package init(
        restoring key: PublicKey,
        thumbprint: SHA256Digest,
        index: Int,
        kid: [UInt8]?,
        use: KeyUse,
        algorithm: String?,
        keyOperations: KeyOperations?,
        lifetime: KeyLifetime = .unbounded,
        certificate: (der: [UInt8], fingerprint: SHA256Digest)?
    ) {
        self.index = index
        self.kid = kid
        self.use = use
        self.algorithm = algorithm
        self.pinned = algorithm.flatMap(SignatureAlgorithm.init(rawValue:))
        self.keyOperations = keyOperations
        self.lifetime = lifetime
        self.key = key
        keyPlace = Foresight.address(of: key)
        self.thumbprint = thumbprint
        self.certificate = certificate?.der
        self.certificateFingerprint = certificate?.fingerprint
        self.issuerCertificates = []
        (notices, hasNotices) = ([], false)
    }

    /// Whether this is the key's kid, byte for byte.
    package func hasKeyID(_ bytes: ByteSlice) -> Bool { kid.map { bytes.equals($0) } ?? false }

    /// Why this key may not judge a signature by `algorithm`, or nil when it may.
    package func refusal(for algorithm: SignatureAlgorithm) -> KeyRefusal? {
        guard use.allowsSignatures else { return .use(use) }
        if let keyOperations, !keyOperations.contains(.verify) { return .operations }
        if let name = self.algorithm, pinned != algorithm { return .algorithm(name) }
        return key.fits(algorithm) ? nil : .kind
    }
}
