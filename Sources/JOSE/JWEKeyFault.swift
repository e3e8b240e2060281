package import Encoding

/// Why a JWK or PEM text is not taken as the key of a recipient.
package enum JWEKeyFault: Error, Equatable, Sendable {
    /// The text is larger than a key can be.
    case tooLarge(limit: Int)
    /// The text is not JSON.
    case json(JSONError)
    /// The JWK is not of a usable key, in words.
    case key(String)
    /// The JWK holds a private or symmetric key where the public one belongs.
    case privateKey
    /// The JWK holds a public key where the private one belongs.
    case publicKey
    /// `use` is there and not `enc`.
    case use(String)
    /// `alg` is there and not the one that goes with the key.
    case algorithm(String, expected: JWEKeyAlgorithm)
    /// `key_ops` is there and allows neither wrapping nor derivation.
    case operations
    /// The private key in PEM cannot be read, in OpenSSL's words.
    case pem(String)

    /// A short name that never changes.
    package var code: String {
        switch self {
        case .tooLarge: "recipient_too_large"
        case .json: "recipient_not_json"
        case .key: "recipient_key"
        case .privateKey: "recipient_private"
        case .publicKey: "recipient_public"
        case .use: "recipient_use"
        case .algorithm: "recipient_algorithm"
        case .operations: "recipient_operations"
        case .pem: "recipient_pem"
        }
    }
}

extension JWEKeyFault: CustomStringConvertible {
    /// One sentence, safe to print; never a part of a private key.
    package var description: String {
        switch self {
        case .tooLarge(let limit): "it is larger than \(limit) bytes, which no key is"
        case .json(let error): "it is not a JWK: \(error)"
        case .key(let text): text
        case .privateKey: "it holds a private key: give the public JWK of the recipient, and keep the other with them"
        case .publicKey: "it holds a public key, and opening needs the private one"
        case .use(let use): "its use is \(use), and sealing needs enc"
        case .algorithm(let name, let expected): "its alg is \(name), and such a key goes with \(expected.rawValue)"
        case .operations: "its key_ops allow neither wrapping keys nor deriving them"
        case .pem(let reason): "its private key cannot be read: \(reason)"
        }
    }
}
