package import Encoding

/// Reads a batch in blocks of whole lines, with memory that does not grow with the file.
///
/// A line ends with LF; a CR before it does not count; the last line needs none. A line over the limit is reported as
/// such and skipped to its end. When the file changes under us, `.changed` is thrown before any byte of the change is
/// given out: it is asked behind each read.
package final class BulkReader {
    /// The byte of the file the next line begins at.
    package private(set) var offset: Int64
    /// The number of the next line; the first is 1.
    package private(set) var line: Int
    /// Bytes of the file.
    package let size: Int64
    /// What tells the file as it is read here from the same file changed: equal readers read equal bytes.
    package var version: String { "\(status.identity).\(status.size)" }

    private let file: Descriptor
    private let status: FileStatus
    private let name: String
    private let lineLimit: Int
    private let step: Int
    private let blockLimit: Int

    /// Bytes read at a time.
    static let step = 256 << 10
    /// Bytes of a block.
    static let blockLimit = 4 << 20

    init(
        _ input: consuming InputFile,
        name: String,
        from offset: Int64,
        line: Int,
        lineLimit: Int,
        step: Int = BulkReader.step
    ) throws(SpoolError) {
        status = input.status
        file = input.file
        size = status.size
        self.name = name
        self.offset = offset
        self.line = line
        self.lineLimit = lineLimit
        self.step = step
        blockLimit = max(Self.blockLimit, lineLimit + 2 * step)
        if offset != 0, try !isLineStart(offset) { throw .changed(name: name) }
    }

    /// Fills `block` with the next lines, at most `limit` of them; false when there are none left.
    package func next(into block: BulkBlock, limit: Int = 1024) throws(SpoolError) -> Bool {
        block.removeAll()
        try fill(block, limit)
        try checkUnchanged()
        return !block.lines.isEmpty
    }

    private func fill(_ block: BulkBlock, _ limit: Int) throws(SpoolError) {
        var start = 0
        var searched = 0
        while block.lines.count < limit {
            if let end = block.buffer.all.firstIndex(of: UInt8(ascii: "\n"), from: searched) {
                add(to: block, start: start, end: end, terminator: 1)
                start = end + 1
                searched = start
                continue
            }
            searched = block.buffer.count
            if block.buffer.count - start > lineLimit + 1 {
                try skipTooLong(in: block, from: start)
                break
            }
            if block.buffer.count + step > blockLimit, !block.lines.isEmpty { break }
            if try file.read(into: block.buffer, step, at: blockStart(block) + Int64(block.buffer.count)) == 0 {
                if block.buffer.count > start { add(to: block, start: start, end: block.buffer.count, terminator: 0) }
                break
            }
        }
    }

    /// Gives the whole file to `body`, in order and in pieces, for a digest over all of it.
    ///
    /// Does not move the reader.
    package func forEachPiece(_ body: (ByteSlice) -> Void) throws(SpoolError) {
        let buffer = ByteBuffer(capacity: step)
        var position: Int64 = 0
        while true {
            buffer.removeAll()
            let count = try file.read(into: buffer, step, at: position)
            if count == 0 { break }
            body(buffer.all)
            position += Int64(count)
        }
        try checkUnchanged()
    }

    /// Where in the file the block begins: before any line was added, where the reader stands.
    private func blockStart(_ block: BulkBlock) -> Int64 { block.lines.first?.offset ?? offset }

    private func add(to block: BulkBlock, start: Int, end: Int, terminator: Int) {
        let hasReturn = end > start && block.buffer[end - 1] == UInt8(ascii: "\r")
        append(
            to: block,
            start: start,
            count: end - start - (hasReturn ? 1 : 0),
            consumed: Int64(end - start + terminator)
        )
    }

    private func append(to block: BulkBlock, start: Int, count: Int, consumed: Int64) {
        block.lines.append(
            BulkLine(
                number: line,
                offset: offset,
                nextOffset: offset + consumed,
                start: start,
                count: count,
                isTooLong: count > lineLimit
            )
        )
        offset += consumed
        line += 1
    }

    /// Passes over the line at `start`, of which the block holds only a beginning, and ends the block with it.
    private func skipTooLong(in block: BulkBlock, from start: Int) throws(SpoolError) {
        var length = Int64(block.buffer.count - start)
        var last = block.buffer[block.buffer.count - 1]
        var terminator: Int64 = 0
        while terminator == 0 {
            block.buffer.truncate(to: start)
            guard try file.read(into: block.buffer, step, at: offset + length) > 0 else { break }
            let end = block.buffer.all.firstIndex(of: UInt8(ascii: "\n"), from: start)
            if end != nil { terminator = 1 }
            let count = (end ?? block.buffer.count) - start
            if count > 0 { last = block.buffer[start + count - 1] }
            length += Int64(count)
        }
        block.buffer.truncate(to: start)
        let content = Int(length) - (last == UInt8(ascii: "\r") ? 1 : 0)
        append(to: block, start: start, count: content, consumed: length + terminator)
    }

    private func checkUnchanged() throws(SpoolError) {
        let now = try file.status()
        guard now.size == status.size, now.changedAt == status.changedAt,
            now.changedNanoseconds == status.changedNanoseconds
        else { throw .changed(name: name) }
    }

    private func isLineStart(_ offset: Int64) throws(SpoolError) -> Bool {
        guard offset > 0, offset <= size else { return false }
        let buffer = ByteBuffer()
        guard try file.read(into: buffer, 1, at: offset - 1) == 1 else { return false }
        return buffer[0] == UInt8(ascii: "\n") || offset == size
    }
}
