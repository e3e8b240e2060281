/// Why a text is not base64 or base64url, with the offset of the first offending character.
package enum Base64Error: Error, Equatable, Sendable {
    /// A character outside the alphabet.
    case character(at: Int)
    /// White space, which RFC 4648 §3.3 does not allow.
    case whitespace(at: Int)
    /// A `=` where none belongs.
    case padding(at: Int)
    /// A number of characters that no bytes encode to, or missing padding.
    case length
    /// Bits behind the last byte that are not zero (RFC 4648 §3.5): a second spelling of the same bytes.
    case trailingBits

    /// A stable name for logs and findings.
    package var code: String {
        switch self {
        case .character: "base64_character"
        case .whitespace: "base64_whitespace"
        case .padding: "base64_padding"
        case .length: "base64_length"
        case .trailingBits: "base64_trailing_bits"
        }
    }
}

extension Base64Error: CustomStringConvertible {
    /// The reason in words.
    package var description: String {
        switch self {
        case .character(let at): "a character outside the alphabet at offset \(at)"
        case .whitespace(let at): "white space at offset \(at)"
        case .padding(let at): "a misplaced = at offset \(at)"
        case .length: "an impossible number of characters"
        case .trailingBits: "bits behind the last byte that are not zero"
        }
    }
}
