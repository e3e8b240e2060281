package import Encoding

/// Writes HTML in which markup can only be a literal of ours: every other text is escaped, and there is no way around it.
///
/// Control characters and characters that turn the direction of writing show as their code points.
package struct HTMLWriter {
    /// Where the text goes.
    package let buffer: ByteBuffer

    package init(_ buffer: ByteBuffer) {
        self.buffer = buffer
    }

    /// Writes markup, a literal of the program.
    package func markup(_ literal: StaticString) { buffer.append(literal) }

    /// Writes text of anybody, at most `limit` characters of it.
    package func text(_ text: String, limit: Int = .max) {
        for byte in Printable.text(text, limit: limit).utf8 {
            switch byte {
            case UInt8(ascii: "&"): buffer.append("&amp;")
            case UInt8(ascii: "<"): buffer.append("&lt;")
            case UInt8(ascii: ">"): buffer.append("&gt;")
            case UInt8(ascii: "\""): buffer.append("&quot;")
            case UInt8(ascii: "'"): buffer.append("&#39;")
            default: buffer.append(byte)
            }
        }
    }

    /// Writes a whole number as people read it.
    package func count(_ number: Int) { buffer.append(Self.grouped(number)) }

    /// Writes a number of a drawing, with one decimal.
    package func coordinate(_ number: Double) {
        let tenths = Int((number * 10).rounded())
        buffer.append(tenths < 0 ? "-\(-tenths / 10).\(-tenths % 10)" : "\(tenths / 10).\(tenths % 10)")
    }

    /// Writes text between two pieces of markup.
    package func element(_ open: StaticString, _ text: String, _ close: StaticString, limit: Int = .max) {
        markup(open)
        self.text(text, limit: limit)
        markup(close)
    }

    private static func grouped(_ number: Int) -> String {
        var text = ""
        for (index, digit) in String(number.magnitude).reversed().enumerated() {
            if index > 0, index.isMultiple(of: 3) { text.append(",") }
            text.append(digit)
        }
        return (number < 0 ? "-" : "") + String(text.reversed())
    }
}
