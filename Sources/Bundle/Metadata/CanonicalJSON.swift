import Encoding

/// Canonical JSON as TUF signs it (OLPC form): members in the order of their names' bytes, no white space, whole numbers
/// only, and of all characters of a string only `"` and `\` escaped.
enum CanonicalJSON {
    /// Appends a parsed value; false where it holds a number that is not whole, which nothing signed may.
    static func append(_ value: JSONValue, to buffer: ByteBuffer) -> Bool {
        switch value.kind {
        case .null: buffer.append("null")
        case .bool: buffer.append(value.bool == true ? "true" : "false")
        case .number:
            guard let number = value.integer else { return false }
            buffer.append(String(number))
        case .string: append(value.raw, to: buffer)
        case .array:
            buffer.append(UInt8(ascii: "["))
            var isFirst = true
            for element in value.elements {
                if !isFirst { buffer.append(UInt8(ascii: ",")) }
                isFirst = false
                guard append(element, to: buffer) else { return false }
            }
            buffer.append(UInt8(ascii: "]"))
        case .object: return appendObject(value, to: buffer)
        }
        return true
    }

    /// Appends a string.
    static func append(_ text: ByteSlice, to buffer: ByteBuffer) {
        buffer.append(UInt8(ascii: "\""))
        for index in 0..<text.count {
            let byte = text[index]
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { buffer.append(UInt8(ascii: "\\")) }
            buffer.append(byte)
        }
        buffer.append(UInt8(ascii: "\""))
    }

    /// Canonical text as JSON: the line ends of PEM, and any other control character, stand in it as they are and only in
    /// strings; JSON wants them escaped (RFC 8259 §7).
    static func escaped(_ canonical: ByteSlice) -> ByteSlice {
        let buffer = ByteBuffer(capacity: canonical.count + 64)
        var plain = 0
        for index in 0..<canonical.count where canonical[index] < 0x20 {
            buffer.append(canonical[plain..<index])
            buffer.append("\\u00")
            Hex.append(canonical[index], to: buffer)
            plain = index + 1
        }
        buffer.append(canonical[plain..<canonical.count])
        return buffer.all
    }

    private static func appendObject(_ value: JSONValue, to buffer: ByteBuffer) -> Bool {
        var members = Array(value.members)
        if !zip(members, members.dropFirst()).allSatisfy({ $0.name.precedes($1.name) }) {
            members.sort { $0.name.precedes($1.name) }
        }
        buffer.append(UInt8(ascii: "{"))
        for (index, member) in members.enumerated() {
            if index > 0 { buffer.append(UInt8(ascii: ",")) }
            append(member.name, to: buffer)
            buffer.append(UInt8(ascii: ":"))
            guard append(member.value, to: buffer) else { return false }
        }
        buffer.append(UInt8(ascii: "}"))
        return true
    }
}

extension ByteSlice {
    /// Whether the bytes come before others in the order of their values.
    fileprivate func precedes(_ other: ByteSlice) -> Bool {
        for index in 0..<min(count, other.count) where self[index] != other[index] { return self[index] < other[index] }
        return count < other.count
    }
}
