import Encoding

/// The numbers a private key consists of (RFC 7518 §6), most significant byte first.
package enum PrivateKeyNumbers: Sendable {
    /// Modulus, public and private exponent, and the factors with what is computed of them.
    case rsa(RSA)
    /// The private number, exactly as long as the order of the curve.
    case ec(EllipticCurve, d: [UInt8])

    /// An RSA private key with two factors.
    package struct RSA: Sendable {
        package var n: [UInt8]
        package var e: [UInt8]
        package var d: [UInt8]
        package var p: [UInt8]
        package var q: [UInt8]
        package var dp: [UInt8]
        package var dq: [UInt8]
        package var qi: [UInt8]

        package init(
            n: [UInt8],
            e: [UInt8],
            d: [UInt8],
            p: [UInt8],
            q: [UInt8],
            dp: [UInt8],
            dq: [UInt8],
            qi: [UInt8]
        ) {
            (self.n, self.e, self.d, self.p, self.q) = (n, e, d, p, q)
            (self.dp, self.dq, self.qi) = (dp, dq, qi)
        }
    }

    /// The key in PEM: RSAPrivateKey (RFC 8017 §A.1.2), or ECPrivateKey (RFC 5915) without its public half.
    package var pem: String {
        switch self {
        case .rsa(let key):
            let numbers = [[0], key.n, key.e, key.d, key.p, key.q, key.dp, key.dq, key.qi]
            return PEM.encode(DERWriter.sequence(numbers.map { DERWriter.integer($0) }), label: "RSA PRIVATE KEY")
        case .ec(let curve, let d):
            let parts = [
                DERWriter.integer([1]), DERWriter.octetString(d), DERWriter.element(0xA0, curve.identifier),
            ]
            return PEM.encode(DERWriter.sequence(parts), label: "EC PRIVATE KEY")
        }
    }
}
