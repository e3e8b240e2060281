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
        forEachLine { line, _ in
            buffer.append(line)
            return true
        }
    }

    /// Calls `take` with each line from `start` on, without its end and blanks around it, and whether it is the last, while
    /// it returns true; the result is whether it always did.
    @discardableResult
    func forEachLine(from start: Int = 0, _ take: (ByteSlice, Bool) -> Bool) -> Bool {
        var position = start
        while position < body.count {
            let end = body.firstIndex(of: UInt8(ascii: "\n"), from: position) ?? body.count
            var first = position
            var last = end
            while first < last, PEMScanner.isBlank(body[first]) { first += 1 }
            while last > first, PEMScanner.isBlank(body[last - 1]) { last -= 1 }
            position = end + 1
            guard take(body[first..<last], position >= body.count) else { return false }
        }
        return true
    }
}
