/// The SubjectPublicKeyInfo of our kinds of key (RFC 3279 §2.3.1, RFC 5480 §2), read and written by hand.
///
/// OpenSSL's decoder takes 450 µs and is lenient; here a key is taken only if writing it again gives the same bytes.
enum SubjectPublicKeyInfo {
    private static let rsaAlgorithm: [UInt8] = [
        0x30, 0x0D, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01, 0x05, 0x00,
    ]

    private static let ecIdentifier: [UInt8] = [0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01]

    static func encode(_ material: PublicKey.Material) -> [UInt8] {
        let algorithm =
            switch material {
            case .rsa: rsaAlgorithm
            case .ec(let curve, _, _): algorithm(of: curve)
            }
        return DERWriter.sequence([algorithm, DERWriter.bitString(keyBits(material))])
    }

    /// Returns what the BIT STRING holds: an RSAPublicKey, or an uncompressed point.
    static func keyBits(_ material: PublicKey.Material) -> [UInt8] {
        switch material {
        case .rsa(let modulus, let exponent):
            DERWriter.sequence([DERWriter.integer(modulus), DERWriter.integer(exponent)])
        case .ec(_, let x, let y):
            [0x04] + x + y
        }
    }

    static func decode(_ der: [UInt8]) throws(KeyFault) -> PublicKey.Material {
        let material = try read(der)
        guard encode(material) == der else { throw .malformed }
        return material
    }

    /// Reads bytes that are known to be what `encode` wrote.
    static func read(_ der: [UInt8]) throws(KeyFault) -> PublicKey.Material {
        var outer = ArraySlice(der)
        var info = try content(0x30, of: &outer)
        let algorithmStart = info.startIndex
        _ = try content(0x30, of: &info)
        let algorithm = der[algorithmStart..<info.startIndex]
        let bits = try content(0x03, of: &info)
        guard outer.isEmpty, info.isEmpty, bits.first == 0 else { throw .malformed }
        return try material(algorithm, bits.dropFirst())
    }

    private static func algorithm(of curve: EllipticCurve) -> [UInt8] {
        DERWriter.sequence([ecIdentifier, curve.identifier])
    }

    private static func material(
        _ algorithm: ArraySlice<UInt8>,
        _ key: ArraySlice<UInt8>
    ) throws(KeyFault) -> PublicKey.Material {
        if algorithm.elementsEqual(rsaAlgorithm) {
            var rest = key
            var numbers = try content(0x30, of: &rest)
            let modulus = try content(0x02, of: &numbers)
            let exponent = try content(0x02, of: &numbers)
            return .rsa(modulus: Array(modulus.drop { $0 == 0 }), exponent: Array(exponent.drop { $0 == 0 }))
        }
        guard algorithm.dropFirst(2).starts(with: ecIdentifier) else { throw .unsupported }
        guard let curve = EllipticCurve.allCases.first(where: { algorithm.elementsEqual(self.algorithm(of: $0)) })
        else {
            throw .curve
        }
        guard key.first == 0x04, key.count == 1 + 2 * curve.byteCount else { throw .malformed }
        let point = key.dropFirst()
        return .ec(curve, x: Array(point.prefix(curve.byteCount)), y: Array(point.suffix(curve.byteCount)))
    }

    /// Takes one element with `tag` off `bytes` and returns its content; lengths up to 65,535.
    private static func content(_ tag: UInt8, of bytes: inout ArraySlice<UInt8>) throws(KeyFault) -> ArraySlice<UInt8> {
        guard bytes.popFirst() == tag, let first = bytes.popFirst() else { throw .malformed }
        var length = Int(first)
        if first >= 0x80 {
            guard first == 0x81 || first == 0x82 else { throw .malformed }
            length = 0
            for _ in 0..<first & 0x0F {
                guard let byte = bytes.popFirst() else { throw .malformed }
                length = length << 8 | Int(byte)
            }
        }
        guard length <= bytes.count else { throw .malformed }
        defer { bytes = bytes.dropFirst(length) }
        return bytes.prefix(length)
    }
}
