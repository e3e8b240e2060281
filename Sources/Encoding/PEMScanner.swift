/// Walks the boundary lines of a PEM text.
struct PEMScanner {
    private let text: ByteSlice
    private var position = 0

    init(_ text: ByteSlice) {
        self.text = text
    }

    /// Space, tab or carriage return.
    static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }

    /// The next block, or nil at the end of the text.
    mutating func next() throws(PEMError) -> PEMBlock? {
        guard let begin = nextBoundary() else { return nil }
        guard let label = label(of: begin, behind: "-----BEGIN ") else { throw .boundary(at: begin.offset) }
        let start = position
        guard let end = nextBoundary() else { throw .unterminated(at: begin.offset) }
        guard let closing = self.label(of: end, behind: "-----END ") else { throw .boundary(at: end.offset) }
        guard closing == label else { throw .label(at: end.offset) }
        return PEMBlock(label: label, body: text[start..<end.offset], offset: begin.offset)
    }

    /// The next line that starts with five dashes.
    private mutating func nextBoundary() -> (line: ByteSlice, offset: Int)? {
        while position < text.count {
            let start = position
            let end = text.firstIndex(of: UInt8(ascii: "\n"), from: start) ?? text.count
            position = min(end + 1, text.count)
            guard text[start] == UInt8(ascii: "-") else { continue }
            let line = text[start..<end]
            if line.hasPrefix("-----") { return (line, start) }
        }
        return nil
    }

    private func label(of boundary: (line: ByteSlice, offset: Int), behind prefix: StaticString) -> ByteSlice? {
        var end = boundary.line.count
        while end > 0, Self.isBlank(boundary.line[end - 1]) { end -= 1 }
        let line = boundary.line[0..<end]
        guard line.hasPrefix(prefix), line.hasSuffix("-----") else { return nil }
        let length = prefix.utf8CodeUnitCount
        return line.count > length + 5 ? line[length..<(line.count - 5)] : nil
    }
}
