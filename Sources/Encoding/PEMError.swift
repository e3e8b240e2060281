/// Why a text is not PEM (RFC 7468), with byte offsets into it.
package enum PEMError: Error, Equatable, Sendable {
    /// No `-----BEGIN CERTIFICATE-----` line.
    case missing
    /// A boundary line that does not end in five dashes, or an end without its begin.
    case boundary(at: Int)
    /// The end line carries another label than the begin line before it.
    case label(at: Int)
    /// No end line behind the begin line at this offset.
    case unterminated(at: Int)
    /// Nothing between the boundaries.
    case empty(at: Int)
    /// The characters between the boundaries are not base64; offsets count without line breaks.
    case body(Base64Error)

    /// A stable name for logs and findings.
    package var code: String {
        switch self {
        case .missing: "pem_missing"
        case .boundary: "pem_boundary"
        case .label: "pem_label"
        case .unterminated: "pem_unterminated"
        case .empty: "pem_empty"
        case .body: "pem_body"
        }
    }
}

extension PEMError: CustomStringConvertible {
    /// The reason in words.
    package var description: String {
        switch self {
        case .missing: "no CERTIFICATE block"
        case .boundary(let at): "a broken boundary line at offset \(at)"
        case .label(let at): "an end line with another label at offset \(at)"
        case .unterminated(let at): "no end line for the block at offset \(at)"
        case .empty(let at): "an empty block at offset \(at)"
        case .body(let error): "the block holds \(error)"
        }
    }
}
