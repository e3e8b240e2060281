package import Encoding

/// Why a body is no key set at all; the last good set stays in use.
package enum JWKSetFault: Error, Equatable, Sendable {
    case tooLarge(bytes: Int, limit: Int)
    /// The body is UTF-16 or UTF-32 by its first bytes; JSON is UTF-8 (RFC 8259 §8.1).
    case notUTF8
    case json(JSONError)
    case notObject
    /// `keys` is missing or not an array.
    case noKeys
    case tooManyKeys(Int, limit: Int)

    /// The stable name of the fault.
    package var code: String {
        switch self {
        case .tooLarge: "jwks.too_large"
        case .notUTF8: "jwks.not_utf8"
        case .json: "jwks.json"
        case .notObject: "jwks.not_object"
        case .noKeys: "jwks.no_keys"
        case .tooManyKeys: "jwks.too_many_keys"
        }
    }
}

extension JWKSetFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .tooLarge(let bytes, let limit): "the body has \(bytes) bytes, the limit is \(limit)"
        case .notUTF8: "the body is not UTF-8"
        case .json(let error): "the body is not JSON: \(error)"
        case .notObject: "the body is not a JSON object"
        case .noKeys: "the object has no array named keys"
        case .tooManyKeys(let count, let limit): "the set has \(count) keys, the limit is \(limit)"
        }
    }
}
