/// Names of members as they are written: quoted, escaped, with their colon; made once for names written often.
///
/// All in one array, so that to write one counts no reference.
package struct JSONNames: Sendable {
    private let text: [UInt8]
    /// Where each name ends.
    private let ends: [Int]

    /// Prepares names, to be written by their positions.
    package init(_ names: [String]) {
        let buffer = ByteBuffer(capacity: names.count * 32)
        ends = names.map { name in
            JSONEscaping.append(name, to: buffer)
            buffer.append(UInt8(ascii: ":"))
            return buffer.count
        }
        text = buffer.all.bytes
    }

    /// Appends the name at `position`.
    func append(_ position: Int, to buffer: ByteBuffer) {
        let start = position == 0 ? 0 : ends[position - 1]
        let end = ends[position]
        unsafe text.withUnsafeBytes {
            unsafe buffer.append(unsafe: UnsafeRawBufferPointer(rebasing: $0[start..<end]))
        }
    }
}
