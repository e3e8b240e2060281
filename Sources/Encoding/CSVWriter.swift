/// Writes a table of RFC 4180 that is safe to open in a spreadsheet: what would be read as a formula is text.
///
/// A cell that begins with `=`, `+`, `-`, `@`, or with white space before one of these, gets an apostrophe in front;
/// control characters and characters that turn the direction of writing show as their code points.
package struct CSVWriter {
    /// Where the text goes.
    package let buffer: ByteBuffer
    private var isFirst = true

    /// Makes a writer that appends to `buffer`.
    package init(_ buffer: ByteBuffer) {
        self.buffer = buffer
    }

    /// Writes a field, quoted where it must be.
    package mutating func field(_ text: String) {
        if !isFirst { buffer.append(UInt8(ascii: ",")) }
        isFirst = false
        var shown = Printable.text(text, limit: .max)
        if Self.isFormula(shown) { shown = "'\(shown)" }
        guard shown.utf8.contains(where: { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") }) else {
            return buffer.append(shown)
        }
        buffer.append(UInt8(ascii: "\""))
        for byte in shown.utf8 {
            if byte == UInt8(ascii: "\"") { buffer.append(byte) }
            buffer.append(byte)
        }
        buffer.append(UInt8(ascii: "\""))
    }

    /// Writes a field that is a number.
    package mutating func field(_ number: Int) {
        if !isFirst { buffer.append(UInt8(ascii: ",")) }
        isFirst = false
        buffer.append(String(number))
    }

    /// Ends the row.
    package mutating func endRow() {
        buffer.append("\r\n")
        isFirst = true
    }

    /// Whether a spreadsheet would take the text for a formula.
    private static func isFormula(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first(where: { !$0.properties.isWhitespace }) else { return false }
        return ["=", "+", "-", "@", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}"].contains(first)
    }
}
