/// Why a text is not opened.
package enum JWEFault: Error, Equatable, Sendable {
    /// The text does not have five parts.
    case parts
    /// A part is longer than allowed.
    case tooLong(JWEPart, limit: Int)
    /// A part is not base64url.
    case encoding(JWEPart)
    /// The header is not a JSON object, or a member is missing or of the wrong type.
    case header
    /// `alg` is not the one that goes with the key.
    case algorithm(String, expected: JWEKeyAlgorithm)
    /// `enc` is not A256GCM.
    case encryption(String)
    /// The header has a member that changes what the text means: `crit` or `zip`.
    case unsupported(String)
    /// `epk` is missing, or no key of the recipient's curve.
    case ephemeralKey
    /// The text was sealed to another key, or changed since.
    case broken

    /// A short name that never changes.
    package var code: String {
        switch self {
        case .parts: "jwe_parts"
        case .tooLong: "jwe_too_long"
        case .encoding: "jwe_encoding"
        case .header: "jwe_header"
        case .algorithm: "jwe_algorithm"
        case .encryption: "jwe_encryption"
        case .unsupported: "jwe_unsupported"
        case .ephemeralKey: "jwe_ephemeral_key"
        case .broken: "jwe_broken"
        }
    }
}

extension JWEFault: CustomStringConvertible {
    /// One sentence, safe to print.
    package var description: String {
        switch self {
        case .parts: "it is not a compact JWE, which has five parts"
        case .tooLong(let part, let limit): "the \(part.rawValue) is longer than \(limit) bytes"
        case .encoding(let part): "the \(part.rawValue) is not base64url"
        case .header: "the header is not a JSON object with alg and enc"
        case .algorithm(let name, let expected): "alg is \(name), and this key goes with \(expected.rawValue)"
        case .encryption(let name): "enc is \(name), and only \(CompactJWE.encryption) is opened"
        case .unsupported(let name): "the header has \(name), which is not supported"
        case .ephemeralKey: "epk is not a key of the recipient's curve"
        case .broken: "it was sealed to another key, or changed since"
        }
    }
}
