/// One block found in a PEM text, not yet decoded.
struct PEMBlock {
    /// What stands behind BEGIN.
    let label: ByteSlice
    /// What stands between the boundary lines.
    let body: ByteSlice
    /// The offset of the begin line in the text.
    let offset: Int

    /// Appends the body's lines without their ends and without blanks around them.
    func appendLines(to buffer: ByteBuffer) {
        var position = 0
        while position < body.count {
            let end = body.firstIndex(of: UInt8(ascii: "\n"), from: position) ?? body.count
            var first = position
            var last = end
            while first < last, PEMScanner.isBlank(body[first]) { first += 1 }
            while last > first, PEMScanner.isBlank(body[last - 1]) { last -= 1 }
            buffer.append(body[first..<last])
            position = end + 1
        }
    }
}
