import Encoding

/// Writes canonical JSON; the caller gives the members of each object in the order of their names.
///
/// It is JSON, too, once `CanonicalJSON.escaped` has been over it.
struct CanonicalWriter {
    let buffer: ByteBuffer
    private var needsComma = false
    private var names: [String] = []

    init(_ buffer: ByteBuffer) { self.buffer = buffer }

    mutating func object(_ fill: (inout CanonicalWriter) -> Void) {
        separate()
        buffer.append(UInt8(ascii: "{"))
        needsComma = false
        names.append("")
        fill(&self)
        names.removeLast()
        buffer.append(UInt8(ascii: "}"))
        needsComma = true
    }

    mutating func array(_ fill: (inout CanonicalWriter) -> Void) {
        separate()
        buffer.append(UInt8(ascii: "["))
        needsComma = false
        fill(&self)
        buffer.append(UInt8(ascii: "]"))
        needsComma = true
    }

    /// Begins a member; its name comes after those before it.
    mutating func name(_ name: String) {
        if let last = names.last {
            precondition(last.isEmpty || last.utf8.lexicographicallyPrecedes(name.utf8), "members out of order")
            names[names.count - 1] = name
        }
        separate()
        append(name)
        buffer.append(UInt8(ascii: ":"))
        needsComma = false
    }

    mutating func string(_ text: String) {
        separate()
        append(text)
        needsComma = true
    }

    mutating func integer(_ value: Int64) {
        separate()
        buffer.append(String(value))
        needsComma = true
    }

    mutating func bool(_ value: Bool) {
        separate()
        buffer.append(value ? "true" : "false")
        needsComma = true
    }

    /// Writes what is canonical already.
    mutating func raw(_ text: ByteSlice) {
        separate()
        buffer.append(text)
        needsComma = true
    }

    mutating func member(_ name: String, _ value: String) {
        self.name(name)
        string(value)
    }

    mutating func member(_ name: String, _ value: Int64) {
        self.name(name)
        integer(value)
    }

    private func separate() {
        if needsComma { buffer.append(UInt8(ascii: ",")) }
    }

    private func append(_ text: String) { CanonicalJSON.append(ByteSlice(text), to: buffer) }
}
