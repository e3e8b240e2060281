import Encoding

/// Why a text is not one compact JWS (RFC 7515 §7.1); rule R-004.
///
/// Offsets count bytes from the start of the text.
package enum JWSFault: Error, Equatable, Sendable {
    /// The text opens with a brace: the JSON serialization, which is not accepted.
    case jsonSerialization
    /// There are not exactly three segments.
    case segments(found: Int)
    /// A segment has no bytes.
    case empty(JWSSegment)
    /// A segment would decode to more bytes than its limit.
    case tooLong(JWSSegment, bytes: Int, limit: Int)
    /// A segment ends in `=`; JWS segments carry no padding.
    case padding(JWSSegment, at: Int)
    /// A byte lies outside the base64url alphabet.
    case character(JWSSegment, at: Int, byte: UInt8)
    /// A segment's length is none that base64url yields.
    case length(JWSSegment, count: Int)

    /// The stable name of the fault.
    package var code: String {
        switch self {
        case .jsonSerialization: "jws.json_serialization"
        case .segments: "jws.segments"
        case .empty: "jws.empty_segment"
        case .tooLong: "jws.too_long"
        case .padding: "jws.padding"
        case .character: "jws.character"
        case .length: "jws.length"
        }
    }
}

extension JWSFault: CustomStringConvertible {
    /// The fault in one sentence, without any byte of the text.
    package var description: String {
        switch self {
        case .jsonSerialization:
            "the text is a JSON serialization, not a compact JWS"
        case .segments(let found):
            "a compact JWS has 3 segments, found \(found)"
        case .empty(let segment):
            "the \(segment.rawValue) is empty"
        case .tooLong(let segment, let bytes, let limit):
            "the \(segment.rawValue) has \(bytes) bytes, the limit is \(limit)"
        case .padding(let segment, let at):
            "the \(segment.rawValue) has padding at byte \(at)"
        case .character(let segment, let at, let byte):
            "the \(segment.rawValue) has the byte 0x\(Hex.encode([byte])) at \(at), outside base64url"
        case .length(let segment, let count):
            "the \(segment.rawValue) has \(count) characters, which is no length of base64url"
        }
    }
}
