import Synchronization

/// A public key, checked and prepared for verification.
///
/// Made once per snapshot and shared by all workers. Bounds, small factors and the ROCA fingerprint of an RSA modulus,
/// and the place of an EC point on its curve, were checked before it came to exist.
package final class PublicKey: Sendable {
    /// The family of a key and its size.
    package enum Kind: Equatable, Sendable {
        case rsa(bits: Int)
        case ec(EllipticCurve)
    }

    /// The numbers a key consists of, most significant byte first.
    package enum Material: Equatable, Sendable {
        case rsa(modulus: [UInt8], exponent: [UInt8])
        case ec(EllipticCurve, x: [UInt8], y: [UInt8])
    }

    // What every verification asks comes first and lies together.
    /// A number no other key of this process has or will have.
    package let number: Int
    /// The family and the size.
    package let kind: Kind
    /// The SHA-256 of `spki`: what identifies a key wherever it turns up.
    package let spkiSHA256: SHA256Digest
    /// The numbers.
    package let material: Material
    /// The SubjectPublicKeyInfo in DER.
    package let spki: [UInt8]
    /// OpenSSL's form; of a restored key it is made when it is first wanted.
    private let made = AtomicLazyReference<KeyHandle>()

    private static let created = Atomic<Int>(0)

    /// Makes an RSA key of its numbers (RFC 7518 §6.3.1), most significant byte first without leading zeros.
    package static func rsa(
        modulus: [UInt8],
        exponent: [UInt8],
        bounds: RSABounds = .standard
    ) throws(KeyFault) -> PublicKey {
        try PublicKey(.rsa(modulus: modulus, exponent: exponent), bounds: bounds)
    }

    /// Makes an EC key of its point's coordinates (RFC 7518 §6.2.1), each exactly as long as the curve's field.
    package static func ec(_ curve: EllipticCurve, x: [UInt8], y: [UInt8]) throws(KeyFault) -> PublicKey {
        try PublicKey(.ec(curve, x: x, y: y), bounds: .standard)
    }

    /// Reads a SubjectPublicKeyInfo: strict DER, RSA or a named curve with an uncompressed point.
    package static func spki(_ der: [UInt8], bounds: RSABounds = .standard) throws(KeyFault) -> PublicKey {
        try PublicKey(SubjectPublicKeyInfo.decode(der), bounds: bounds)
    }

    private init(_ material: Material, bounds: RSABounds) throws(KeyFault) {
        switch material {
        case .rsa(let modulus, let exponent):
            try bounds.check(modulus: modulus, exponent: exponent)
            kind = .rsa(bits: modulus.count * 8 - modulus[0].leadingZeroBitCount)
        case .ec(let curve, let x, let y):
            guard x.count == curve.byteCount else { throw .coordinateLength(x.count) }
            guard y.count == curve.byteCount else { throw .coordinateLength(y.count) }
            kind = .ec(curve)
        }
        _ = made.storeIfNil(try KeyHandle(material))
        self.material = material
        spki = SubjectPublicKeyInfo.encode(material)
        spkiSHA256 = .of(spki)
        number = Self.created.add(1, ordering: .relaxed).newValue
    }

    /// Makes a key again of a SubjectPublicKeyInfo that one was made of before, known by its SHA-256.
    ///
    /// What was checked then is not checked anew but for the bounds, and OpenSSL's form is made at first use: thousands
    /// of keys that no request asks for cost next to nothing.
    package static func restored(
        spki der: [UInt8],
        sha256: SHA256Digest,
        bounds: RSABounds = .standard
    ) throws(KeyFault) -> PublicKey {
        guard SHA256Digest.of(der) == sha256 else { throw .malformed }
        return try PublicKey(restoring: SubjectPublicKeyInfo.read(der), der, sha256, bounds)
    }

    private init(
        restoring material: Material,
        _ der: [UInt8],
        _ digest: SHA256Digest,
        _ bounds: RSABounds
    ) throws(KeyFault) {
        switch material {
        case .rsa(let modulus, let exponent):
            try bounds.checkSize(modulus: modulus, exponent: exponent)
            kind = .rsa(bits: modulus.count * 8 - modulus[0].leadingZeroBitCount)
        case .ec(let curve, _, _): kind = .ec(curve)
        }
        self.material = material
        spki = der
        spkiSHA256 = digest
        number = Self.created.add(1, ordering: .relaxed).newValue
    }

    /// OpenSSL's form; nil when there is no memory for it.
    var handle: KeyHandle? {
        if let known = made.load() { return known }
        do throws(KeyFault) { return made.storeIfNil(try KeyHandle(material)) } catch { return nil }
    }

    /// Returns whether the key is of the kind `algorithm` goes with.
    package func fits(_ algorithm: SignatureAlgorithm) -> Bool {
        fits(algorithm.scheme, curve: algorithm.curve)
    }

    func fits(_ scheme: SignatureScheme, curve: EllipticCurve?) -> Bool {
        switch kind {
        case .rsa: scheme.padding != .ecdsa
        case .ec(let own): scheme.padding == .ecdsa && (curve == nil || curve == own)
        }
    }

    /// The bytes of an RSA signature, or of both halves of an ECDSA one.
    package var signatureByteCount: Int {
        switch kind {
        case .rsa(let bits): (bits + 7) / 8
        case .ec(let curve): 2 * curve.byteCount
        }
    }
}
