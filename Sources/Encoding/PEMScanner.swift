/// Walks the boundary lines of a PEM text.
struct PEMScanner {
    private let text: ByteSlice
    /// Where the next line begins.
    private(set) var position = 0

    init(_ text: ByteSlice) {
        self.text = text
    }

    /// Space, tab or carriage return.
    static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }

    /// The next block, or nil at the end of the text.
    mutating func next() throws(PEMError) -> PEMBlock? {
        guard let opening = try open() else { return nil }
        return try close(opening)
    }

    /// A begin line: its label, and where it and the body begin.
    struct Opening {
        let label: ByteSlice
        let offset: Int
        let start: Int
    }

    /// The next begin line, or nil at the end of the text.
    mutating func open() throws(PEMError) -> Opening? {
        guard let begin = nextBoundary() else { return nil }
        guard let label = label(of: begin, behind: "-----BEGIN ") else { throw .boundary(at: begin.offset) }
        return Opening(label: label, offset: begin.offset, start: position)
    }

    /// Passes over characters of which the caller knows that they are whole lines and no boundary.
    mutating func pass(_ count: Int) { position += count }

    /// The block of a begin line, up to the end line that must come next.
    mutating func close(_ opening: Opening) throws(PEMError) -> PEMBlock {
        guard let end = nextBoundary() else { throw .unterminated(at: opening.offset) }
        guard let closing = label(of: end, behind: "-----END ") else { throw .boundary(at: end.offset) }
        guard closing == opening.label else { throw .label(at: end.offset) }
        return PEMBlock(label: opening.label, body: text[opening.start..<end.offset], offset: opening.offset)
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
