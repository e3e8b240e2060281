/// Why a base64url text does not hold JSON.
package enum JSONDecodeError: Error, Equatable, Sendable {
    /// The text is not base64url.
    case base64(Base64Error)
    /// The decoded bytes are not JSON; offsets count decoded bytes.
    case json(JSONError)

    /// A stable name for logs and findings.
    package var code: String {
        switch self {
        case .base64(let error): error.code
        case .json(let error): error.code
        }
    }
}

extension JSONDecodeError: CustomStringConvertible {
    /// The reason in words.
    package var description: String {
        switch self {
        case .base64(let error): error.description
        case .json(let error): error.description
        }
    }
}
