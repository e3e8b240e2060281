/// Makes hostile text safe for a terminal, a log or a finding.
///
/// Controls, format characters (all bidi marks and zero widths), line and paragraph separators, private and unassigned
/// characters are shown as `\u{…}`; text longer than the limit ends in `…`.
package enum Printable {
    /// The first `limit` characters of a slice; what is not UTF-8 shows as U+FFFD.
    package static func text(_ slice: ByteSlice, limit: Int = 120) -> String {
        let bound = min(slice.count, max(0, limit) * 4 + 4)
        return text(slice[0..<bound].string, limit: limit)
    }

    /// The first `limit` characters of a string.
    package static func text(_ string: String, limit: Int = 120) -> String {
        var shown = ""
        var count = 0
        for scalar in string.unicodeScalars {
            guard count < limit else { return shown + "…" }
            if isPlain(scalar) {
                shown.unicodeScalars.append(scalar)
            } else {
                shown += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            }
            count += 1
        }
        return shown
    }

    /// Whether a character shows as itself and moves nothing around it.
    package static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return scalar.value >= 0x20 && scalar.value != 0x7F }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: return false
        default: return true
        }
    }
}
