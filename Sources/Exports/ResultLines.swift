import Encoding
import Glibc

/// The lines of one result file, read by number: those near the last one at once, others from the nearest mark.
final class ResultLines {
    /// The path below the spool, as the ledger names it.
    let name: String
    private let path: String
    private let descriptor: Int32
    private let block = ByteBuffer(capacity: blockSize)
    /// Where in the file the block begins.
    private var blockStart: Int64 = 0
    /// Where each `markDistance`th line begins, as far as they were passed.
    private var marks: [Int64] = [0]
    /// The line that was read last, and where the one behind it begins.
    private var reached = (line: 0, next: Int64(0))

    private static let blockSize = 1 << 20
    private static let markDistance = 256
    /// The longest line that is read; a result is far shorter.
    private static let lineLimit = 4 << 20

    /// Opens a file; nil where there is none, or no plain file.
    init?(_ path: String, name: String) throws(ExportError) {
        descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        (self.path, self.name) = (path, name)
        var status = stat()
        guard descriptor >= 0 else {
            guard errno == ENOENT || errno == ENOTDIR || errno == ELOOP else { throw .file(path: path, errno: errno) }
            return nil
        }
        guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// The line with this number, from 1, without its end; nil behind the last one.
    ///
    /// Valid until the next call.
    func line(_ number: Int) throws(ExportError) -> ByteSlice? {
        guard number >= 1 else { return nil }
        if reached.line >= number || (number - 1) / Self.markDistance >= marks.count { rewind(before: number) }
        if reached.line + 1 < number { rewind(before: number, onlyForward: true) }
        var text: ByteSlice?
        while reached.line < number {
            text = try next()
            if text == nil { return nil }
        }
        return text
    }

    /// Stands before the nearest marked line that is not behind `number`.
    private func rewind(before number: Int, onlyForward: Bool = false) {
        let mark = min((number - 1) / Self.markDistance, marks.count - 1)
        let line = mark * Self.markDistance
        if onlyForward, line <= reached.line { return }
        reached = (line, marks[mark])
    }

    private func next() throws(ExportError) -> ByteSlice? {
        let start = reached.next
        var scanned = 0
        while true {
            let offset = Int(start - blockStart)
            if offset >= 0, offset <= block.count,
                let end = block.all.firstIndex(of: UInt8(ascii: "\n"), from: offset + scanned)
            {
                pass(to: blockStart + Int64(end) + 1)
                return block[offset..<end]
            }
            let held = offset >= 0 && offset <= block.count ? block.count - offset : 0
            guard held < Self.lineLimit else { return nil }
            scanned = held
            if try !load(from: start, keeping: held) {
                guard held > 0 else { return nil }
                pass(to: start + Int64(held))
                return block[0..<held]
            }
        }
    }

    private func pass(to next: Int64) {
        reached = (reached.line + 1, next)
        if reached.line == marks.count * Self.markDistance { marks.append(next) }
    }

    /// Makes the block begin at `start`, where `held` bytes of it are there, and reads on; false at the end.
    private func load(from start: Int64, keeping held: Int) throws(ExportError) -> Bool {
        if held > 0 {
            block.remove(0..<(block.count - held))
        } else {
            block.removeAll()
        }
        blockStart = start
        let place = start + Int64(held)
        var failure: Int32?
        unsafe block.appendUnsafe(Self.blockSize) { room in
            let count = unsafe pread(descriptor, room.baseAddress, room.count, off_t(place))
            if count < 0 { failure = errno }
            return max(0, count)
        }
        if let failure { throw .file(path: path, errno: failure) }
        return block.count > held
    }
}
