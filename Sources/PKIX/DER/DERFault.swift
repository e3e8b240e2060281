/// Why bytes are not the DER this module reads, with the offset where it showed.
package enum DERFault: Error, Equatable, Sendable {
    case truncated(at: Int)
    case tag(expected: UInt8, found: UInt8, at: Int)
    case highTagNumber(at: Int)
    case indefiniteLength(at: Int)
    case lengthNotMinimal(at: Int)
    case lengthTooLong(at: Int)
    case trailingBytes(at: Int)
    case boolean(at: Int)
    case integer(at: Int)
    case bitString(at: Int)
    case objectIdentifier(at: Int)
    case time(at: Int)
    case null(at: Int)
    case string(at: Int)

    /// A stable name for logs and tests.
    package var code: String {
        switch self {
        case .truncated: "der_truncated"
        case .tag: "der_tag"
        case .highTagNumber: "der_high_tag"
        case .indefiniteLength: "der_indefinite_length"
        case .lengthNotMinimal: "der_length_not_minimal"
        case .lengthTooLong: "der_length_too_long"
        case .trailingBytes: "der_trailing_bytes"
        case .boolean: "der_boolean"
        case .integer: "der_integer"
        case .bitString: "der_bit_string"
        case .objectIdentifier: "der_object_identifier"
        case .time: "der_time"
        case .null: "der_null"
        case .string: "der_string"
        }
    }
}
