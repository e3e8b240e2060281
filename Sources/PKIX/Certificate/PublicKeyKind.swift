/// What kind of key a certificate holds, read from its encoding without preparing the key.
package enum PublicKeyKind: Hashable, Sendable {
    case rsa(bits: Int)
    /// An elliptic curve key; the curve is a dotted identifier.
    case ellipticCurve(String)
    /// Another algorithm, dotted.
    case other(String)

    /// True when the key is RSA of 2,048…8,192 bits in whole octets, or P-256, P-384 or P-521.
    package var isStrong: Bool {
        switch self {
        case .rsa(let bits): (2_048...8_192).contains(bits) && bits % 8 == 0
        case .ellipticCurve(let curve): curve == OID.p256 || curve == OID.p384 || curve == OID.p521
        case .other: false
        }
    }

    /// Reads a SubjectPublicKeyInfo (RFC 5280 §4.1.2.7, RFC 3279, RFC 5480).
    static func decode(_ element: DERElement, in reader: DERReader) throws(DERFault) -> PublicKeyKind {
        var info = reader.inside(element)
        var algorithm = try info.sequence()
        let oid = try DERValue.objectIdentifier(try algorithm.next(DERTag.objectIdentifier), in: algorithm)
        let bits = try info.next(DERTag.bitString)
        try info.finish()
        let key = try DERValue.octets(ofBits: bits, in: reader)
        switch oid {
        case OID.rsaEncryption:
            if let null = try algorithm.optional(DERTag.null) { try DERValue.null(null) }
            try algorithm.finish()
            var outer = reader.inside(DERElement(tag: DERTag.bitString, start: bits.start, content: key))
            var numbers = try outer.sequence()
            try outer.finish()
            let modulus = try DERValue.integer(try numbers.next(DERTag.integer), in: numbers)
            _ = try DERValue.integer(try numbers.next(DERTag.integer), in: numbers)
            try numbers.finish()
            return .rsa(bits: PublicKeyKind.bitCount(reader.bytes, modulus))
        case OID.ecPublicKey:
            let curve = try DERValue.objectIdentifier(try algorithm.next(DERTag.objectIdentifier), in: algorithm)
            try algorithm.finish()
            return .ellipticCurve(curve)
        default:
            return .other(oid)
        }
    }

    private static func bitCount(_ bytes: [UInt8], _ range: Range<Int>) -> Int {
        guard let first = range.first, bytes[first] & 0x80 == 0 else { return 0 }
        guard let top = range.first(where: { bytes[$0] != 0 }) else { return 0 }
        return (range.upperBound - top) * 8 - bytes[top].leadingZeroBitCount
    }
}
