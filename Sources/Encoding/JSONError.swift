/// Why a text is not JSON as this reader takes it (RFC 8259, I-JSON names and characters), with byte offsets.
package enum JSONError: Error, Equatable, Sendable {
    /// The text ends where more is needed; also the empty text.
    case end(at: Int)
    /// A byte that cannot stand here.
    case unexpected(UInt8, at: Int)
    /// Something behind the value.
    case trailing(at: Int)
    /// A byte order mark (RFC 8259 §8.1).
    case byteOrderMark
    /// Bytes that are not UTF-8.
    case utf8(at: Int)
    /// A control character inside a string.
    case control(at: Int)
    /// A backslash with something unknown behind it.
    case escape(at: Int)
    /// A `\u` escape that is half of a surrogate pair.
    case surrogate(at: Int)
    /// A number that RFC 8259 §6 does not allow.
    case number(at: Int)
    /// A member name that the object already has; `at` is where the second one begins.
    case duplicateMember(String, at: Int)
    /// More bytes than `JSONLimits.textBytes`.
    case textLimit(Int)
    /// A container deeper than `JSONLimits.depth`.
    case depthLimit(at: Int)
    /// More members than `JSONLimits.members`.
    case memberLimit(at: Int)
    /// More elements than `JSONLimits.elements`.
    case elementLimit(at: Int)
    /// A string or name longer than `JSONLimits.stringBytes`.
    case stringLimit(at: Int)
    /// A number longer than `JSONLimits.numberBytes`.
    case numberLimit(at: Int)
    /// More values and names than `JSONLimits.nodes`.
    case nodeLimit(at: Int)

    /// A stable name for logs and findings.
    package var code: String {
        switch self {
        case .end: "json_end"
        case .unexpected: "json_unexpected"
        case .trailing: "json_trailing"
        case .byteOrderMark: "json_byte_order_mark"
        case .utf8: "json_utf8"
        case .control: "json_control"
        case .escape: "json_escape"
        case .surrogate: "json_surrogate"
        case .number: "json_number"
        case .duplicateMember: "json_duplicate_member"
        case .textLimit: "json_text_limit"
        case .depthLimit: "json_depth_limit"
        case .memberLimit: "json_member_limit"
        case .elementLimit: "json_element_limit"
        case .stringLimit: "json_string_limit"
        case .numberLimit: "json_number_limit"
        case .nodeLimit: "json_node_limit"
        }
    }
}

extension JSONError: CustomStringConvertible {
    /// The reason in words.
    package var description: String {
        switch self {
        case .end(let at): "the text ends too early, at offset \(at)"
        case .unexpected(let byte, let at): "an unexpected byte \(Self.shown(byte)) at offset \(at)"
        case .trailing(let at): "something behind the value at offset \(at)"
        case .byteOrderMark: "a byte order mark"
        case .utf8(let at): "bytes that are not UTF-8 at offset \(at)"
        case .control(let at): "a control character in a string at offset \(at)"
        case .escape(let at): "an unknown escape at offset \(at)"
        case .surrogate(let at): "half of a surrogate pair at offset \(at)"
        case .number(let at): "a malformed number at offset \(at)"
        case .duplicateMember(let name, let at): "a second member \"\(name)\" at offset \(at)"
        case .textLimit(let count): "too long a text: \(count) bytes"
        case .depthLimit(let at): "too deep nesting at offset \(at)"
        case .memberLimit(let at): "too many members at offset \(at)"
        case .elementLimit(let at): "too many elements at offset \(at)"
        case .stringLimit(let at): "too long a string at offset \(at)"
        case .numberLimit(let at): "too long a number at offset \(at)"
        case .nodeLimit(let at): "too many values at offset \(at)"
        }
    }

    private static func shown(_ byte: UInt8) -> String {
        byte > 0x20 && byte < 0x7F ? "\"\(Unicode.Scalar(byte))\"" : "0x\(Hex.encode([byte]))"
    }
}
