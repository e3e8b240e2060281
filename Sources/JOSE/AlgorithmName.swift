package import Crypto
package import Encoding

extension SignatureAlgorithm {
    /// The algorithm a JWS `alg` names, exact to the case (RFC 7518 §3.1); nil for none, HMAC and unknown names.
    package static func named(_ text: ByteSlice) -> SignatureAlgorithm? {
        guard text.count == 5 else { return nil }
        if text.equals("PS256") { return .PS256 }
        if text.equals("ES256") { return .ES256 }
        if text.equals("RS256") { return .RS256 }
        if text.equals("PS384") { return .PS384 }
        if text.equals("PS512") { return .PS512 }
        if text.equals("ES384") { return .ES384 }
        if text.equals("ES512") { return .ES512 }
        return nil
    }
}
