package import Crypto
import Encoding

/// JWK thumbprints (RFC 7638): a key's name made from its numbers.
package enum Thumbprint {
    /// The thumbprint with SHA-256.
    package static func sha256(_ material: PublicKey.Material) -> SHA256Digest {
        SHA256Digest.of(canonicalJSON(material))
    }

    /// The unpadded base64url of the thumbprint with SHA-1: the kid the Open Banking directory gives a key.
    package static func directoryKeyID(_ material: PublicKey.Material) -> String {
        Base64URL.encode(Digest.sha1(Array(canonicalJSON(material).utf8)))
    }

    /// The required members in lexicographic order without white space (RFC 7638 §3).
    private static func canonicalJSON(_ material: PublicKey.Material) -> String {
        switch material {
        case .rsa(let modulus, let exponent):
            "{\"e\":\"\(Base64URL.encode(exponent))\",\"kty\":\"RSA\",\"n\":\"\(Base64URL.encode(modulus))\"}"
        case .ec(let curve, let x, let y):
            "{\"crv\":\"\(curve.rawValue)\",\"kty\":\"EC\","
                + "\"x\":\"\(Base64URL.encode(x))\",\"y\":\"\(Base64URL.encode(y))\"}"
        }
    }
}
