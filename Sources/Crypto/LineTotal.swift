package import Encoding

/// The hash total of a file of lines: the first 8 bytes of each line's SHA-256 as a number, all added, modulo 2^64.
///
/// The order of lines does not matter to it, a lost, doubled or changed line does. A line is hashed without its end, LF
/// or CR LF.
package final class LineTotal {
    private let line = SHA256Stream()
    private var sum: UInt64 = 0
    private var isOpen = false
    /// A CR that may belong to the line's end.
    private var endsInReturn = false

    private static let lineFeed = UInt8(ascii: "\n")
    private let carriageReturn = ByteSlice("\r")

    package init() {}

    /// Adds the next piece of the file, which may begin and end anywhere.
    package func update(_ piece: ByteSlice) {
        var from = 0
        while let end = piece.firstIndex(of: Self.lineFeed, from: from) {
            take(piece[from..<end])
            close()
            from = end + 1
        }
        take(piece[from..<piece.count])
    }

    /// The total of all lines so far, of which the last may have no end, as 16 hexadecimal digits; begins anew.
    package func finish() -> String {
        if isOpen {
            // A CR before the end of the file ends no line.
            if endsInReturn { line.update(carriageReturn) }
            endsInReturn = false
            close()
        }
        defer { sum = 0 }
        let bytes = stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: sum >> UInt64($0)) }
        return Hex.encode(bytes)
    }

    private func take(_ text: ByteSlice) {
        guard !text.isEmpty else { return }
        if endsInReturn { line.update(carriageReturn) }
        endsInReturn = text[text.count - 1] == UInt8(ascii: "\r")
        line.update(endsInReturn ? text[0..<text.count - 1] : text)
        isOpen = true
    }

    private func close() {
        let digest = line.finish()
        sum &+= digest.bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
        (isOpen, endsInReturn) = (false, false)
    }
}
