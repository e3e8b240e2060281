/// Writes JSON text into a buffer: commas by itself, strings escaped, ASCII-safe for terminals and logs.
///
/// The caller keeps the grammar otherwise: a name before each value of an object, each begin with its end.
package struct JSONWriter {
    /// Where the text goes.
    package let buffer: ByteBuffer
    private var needsComma = false

    /// Makes a writer that appends to `buffer`.
    package init(_ buffer: ByteBuffer) {
        self.buffer = buffer
    }

    /// Opens an object.
    package mutating func beginObject() { open(UInt8(ascii: "{")) }

    /// Closes an object.
    package mutating func endObject() { close(UInt8(ascii: "}")) }

    /// Opens an array.
    package mutating func beginArray() { open(UInt8(ascii: "[")) }

    /// Closes an array.
    package mutating func endArray() { close(UInt8(ascii: "]")) }

    /// Writes a member's name, a literal in which nothing needs an escape.
    package mutating func name(_ name: StaticString) {
        separate()
        buffer.appendQuoted(name)
        endName()
    }

    /// Writes a member's name.
    package mutating func name(_ name: ByteSlice) {
        separate()
        JSONEscaping.append(name, to: buffer)
        endName()
    }

    /// Writes a member's name.
    package mutating func name(_ name: String) {
        separate()
        JSONEscaping.append(name, to: buffer)
        endName()
    }

    /// Writes the member's name at `position` of those that were prepared.
    package mutating func name(_ position: Int, of names: JSONNames) {
        separate()
        names.append(position, to: buffer)
        needsComma = false
    }

    /// Writes a string; bytes that are not UTF-8 become U+FFFD.
    package mutating func string(_ text: ByteSlice) {
        separate()
        JSONEscaping.append(text, to: buffer)
        needsComma = true
    }

    /// Writes a string.
    package mutating func string(_ text: String) {
        separate()
        JSONEscaping.append(text, to: buffer)
        needsComma = true
    }

    /// Writes a string, a literal in which nothing needs an escape.
    package mutating func string(_ text: StaticString) {
        separate()
        buffer.appendQuoted(text)
        needsComma = true
    }

    /// Writes an integer.
    package mutating func integer(_ value: Int64) {
        separate()
        DecimalDigits.append(value, to: buffer)
        needsComma = true
    }

    /// Writes an integer.
    package mutating func integer(_ value: Int) { integer(Int64(value)) }

    /// Writes true or false.
    package mutating func bool(_ value: Bool) {
        separate()
        buffer.append(value ? "true" : "false")
        needsComma = true
    }

    /// Writes null.
    package mutating func null() {
        separate()
        buffer.append("null")
        needsComma = true
    }

    /// Writes text that is one JSON value already.
    package mutating func raw(_ text: ByteSlice) {
        separate()
        buffer.append(text)
        needsComma = true
    }

    /// Writes a value of a document again, numbers as they were written.
    package mutating func value(_ value: JSONValue) {
        write(value.document, value.index)
    }

    /// Writes the value at `place` on the tape of `document` as the member whose name stands at `position` of those
    /// prepared.
    package mutating func member(_ position: Int, of names: JSONNames, at place: Int, in document: JSONDocument) {
        name(position, of: names)
        write(document, place)
    }

    /// Walks the tape itself, so that no value or name in between is a value of its own.
    private mutating func write(_ document: JSONDocument, _ index: Int) {
        let node = document.node(index)
        switch node.tag {
        case .null, .no, .yes, .integer, .decimal:
            separate()
            unsafe document.withBytes(of: node) { unsafe buffer.append(unsafe: $0) }
            needsComma = true
        case .string:
            quote(document, node)
            needsComma = true
        case .array:
            beginArray()
            var current = index + 1
            while current < Int(node.next) {
                write(document, current)
                current = Int(document.node(current).next)
            }
            endArray()
        case .object:
            beginObject()
            var current = index + 1
            while current < Int(node.next) {
                quote(document, document.node(current))
                endName()
                write(document, current + 1)
                current = Int(document.node(current + 1).next)
            }
            endObject()
        }
    }

    private mutating func quote(_ document: JSONDocument, _ node: JSONNode) {
        precondition(document.text !== buffer, "a document is written into itself")
        separate()
        unsafe document.withBytes(of: node) { unsafe JSONEscaping.append($0, to: buffer) }
    }

    private mutating func open(_ bracket: UInt8) {
        separate()
        buffer.append(bracket)
        needsComma = false
    }

    private mutating func close(_ bracket: UInt8) {
        buffer.append(bracket)
        needsComma = true
    }

    @inline(__always)
    private func separate() {
        if needsComma { buffer.append(UInt8(ascii: ",")) }
    }

    private mutating func endName() {
        buffer.append(UInt8(ascii: ":"))
        needsComma = false
    }
}
