/// Why a distinguished name was refused, with the byte offset where it showed.
package enum DNFault: Error, Equatable, Sendable {
    case encoding(DERFault)
    case empty
    case tooLong(limit: Int)
    case tooManyParts(limit: Int)
    /// `/C=GB/O=…`, a display form that cannot be read back safely.
    case slashForm
    case attributeType(at: Int)
    case unknownAttributeType(String, at: Int)
    case missingEquals(at: Int)
    case emptyValue(at: Int)
    case mustBeEscaped(at: Int)
    case escape(at: Int)
    case quotation(at: Int)
    case hexValue(at: Int)
    case notUTF8(at: Int)
    case controlCharacter(at: Int)

    /// A stable name for logs and tests.
    package var code: String {
        switch self {
        case .encoding: "dn_encoding"
        case .empty: "dn_empty"
        case .tooLong: "dn_too_long"
        case .tooManyParts: "dn_too_many_parts"
        case .slashForm: "dn_slash_form"
        case .attributeType: "dn_attribute_type"
        case .unknownAttributeType: "dn_unknown_attribute_type"
        case .missingEquals: "dn_missing_equals"
        case .emptyValue: "dn_empty_value"
        case .mustBeEscaped: "dn_must_be_escaped"
        case .escape: "dn_escape"
        case .quotation: "dn_quotation"
        case .hexValue: "dn_hex_value"
        case .notUTF8: "dn_not_utf8"
        case .controlCharacter: "dn_control_character"
        }
    }
}
