import Crypto
import Encoding

/// A compact JWS put together from any bytes and validly signed over them.
enum Token {
    static let payload = Array(#"{"iss":"software1"}"#.utf8)

    static func make(
        _ header: String,
        payload: [UInt8] = Token.payload,
        key: PrivateKey = Keys.a,
        _ algorithm: SignatureAlgorithm = .ES256
    ) throws -> String {
        try make(header: Array(header.utf8), payload: payload, key: key, algorithm)
    }

    static func make(
        header: [UInt8],
        payload: [UInt8] = Token.payload,
        key: PrivateKey = Keys.a,
        _ algorithm: SignatureAlgorithm = .ES256
    ) throws -> String {
        try sign("\(Base64URL.encode(header)).\(Base64URL.encode(payload))", key, algorithm)
    }

    static func sign(_ input: String, _ key: PrivateKey = Keys.a, _ algorithm: SignatureAlgorithm = .ES256) throws
        -> String
    {
        "\(input).\(Base64URL.encode(try key.sign(Array(input.utf8), algorithm)))"
    }
}
