package import Encoding

/// Why `JWS.verify` refused a token.
package enum JWSRefusal: Error, Equatable, Sendable {
    case framing(JWSFault)
    case header(JSONDecodeError)
    case headerNotObject
    /// `alg` is missing, unknown (`none`, HMAC) or not allowed.
    case algorithm
    case critical
    case unencodedPayload
    /// The header brings a key: `jwk`, `jku`, `x5c` or `x5u`.
    case embeddedKey(String)
    /// The header is a JWE's, or the payload another JWT.
    case nested
    /// `kid` is missing or not a string of 1 to 255 bytes.
    case keyID
    /// No key has the kid.
    case unknownKey
    /// The kid names keys, none of which may judge this signature.
    case unfitKey(KeyRefusal)
    case payload(Base64Error)
    case signatureEncoding(Base64Error)
    /// No candidate verifies the signature.
    case signature

    /// The stable name of the refusal.
    package var code: String {
        switch self {
        case .framing(let fault): fault.code
        case .header(let error): "jws.header.\(error.code)"
        case .headerNotObject: "jws.header.not_object"
        case .algorithm: "jws.algorithm"
        case .critical: "jws.critical"
        case .unencodedPayload: "jws.unencoded_payload"
        case .embeddedKey: "jws.embedded_key"
        case .nested: "jws.nested"
        case .keyID: "jws.kid"
        case .unknownKey: "jws.unknown_key"
        case .unfitKey: "jws.unfit_key"
        case .payload: "jws.payload"
        case .signatureEncoding: "jws.signature_encoding"
        case .signature: "jws.signature"
        }
    }
}
