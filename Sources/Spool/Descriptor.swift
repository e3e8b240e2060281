import CLinux
import Encoding
import Glibc

/// An open file: closed when it goes out of use.
struct Descriptor: ~Copyable {
    let number: Int32
    /// What errors call the file.
    let path: String

    init(_ number: Int32, path: String) {
        self.number = number
        self.path = path
    }

    deinit { close(number) }

    /// Opens a file by its path, outside a folder of ours.
    static func open(_ path: String, _ flags: Int32, _ operation: SpoolError.Operation) throws(SpoolError) -> Descriptor
    {
        while true {
            let number = unsafe Glibc.open(path, flags | O_CLOEXEC)
            if number >= 0 { return Descriptor(number, path: path) }
            guard errno == EINTR else { throw .of(errno, operation, path) }
        }
    }

    func status() throws(SpoolError) -> FileStatus {
        var status = stat()
        guard unsafe fstat(number, &status) == 0 else { throw .of(errno, .stat, path) }
        return FileStatus(status)
    }

    /// Reads at `offset` until there are `enough` bytes, `bytes` is full or the file ends; the count of bytes read.
    @unsafe
    func read(
        into bytes: UnsafeMutableRawBufferPointer,
        at offset: Int64,
        enough: Int = Int.max
    ) throws(SpoolError) -> Int {
        var done = 0
        while done < min(bytes.count, enough) {
            let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[done...])
            let count = unsafe pread(number, rest.baseAddress, rest.count, off_t(offset) + done)
            if count == 0 { break }
            if count > 0 {
                done += count
            } else if errno != EINTR {
                throw .of(errno, .read, path)
            }
        }
        return done
    }

    /// The first bytes of the file, at most `limit`.
    func head(_ limit: Int) throws(SpoolError) -> [UInt8] {
        let buffer = ByteBuffer(capacity: limit)
        try read(into: buffer, limit, at: 0)
        return buffer.all.bytes
    }

    /// Appends up to `limit` bytes from `offset` to `buffer`; the count is less only where the file ends.
    @discardableResult
    func read(
        into buffer: ByteBuffer,
        _ limit: Int,
        at offset: Int64,
        enough: Int = Int.max
    ) throws(SpoolError) -> Int {
        let before = buffer.count
        try unsafe buffer.appendUnsafe(limit) { (room: UnsafeMutableRawBufferPointer) throws(SpoolError) in
            try unsafe read(into: room, at: offset, enough: enough)
        }
        return buffer.count - before
    }

    /// Writes all of `bytes`.
    func write(_ bytes: ByteSlice) throws(SpoolError) {
        try unsafe bytes.withUnsafeBytes { (all: UnsafeRawBufferPointer) throws(SpoolError) in
            var done = 0
            while done < all.count {
                let rest = unsafe UnsafeRawBufferPointer(rebasing: all[done...])
                let count = unsafe Glibc.write(number, rest.baseAddress, rest.count)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { throw .of(count < 0 ? errno : EIO, .write, path) }
                done += count
            }
        }
    }

    /// Writes all of `lines` from where they lie, each with a line end behind it.
    func write(lines: [ByteSlice]) throws(SpoolError) {
        let end = ByteSlice("\n")
        let pieces = UnsafeMutableBufferPointer<iovec>.allocate(capacity: 2 * lines.count)
        defer { unsafe pieces.deallocate() }
        for (number, line) in lines.enumerated() {
            // What lies in these buffers stays where it is until they change, which is not before the end of this.
            unsafe pieces.initializeElement(at: 2 * number, to: line.withUnsafeBytes { unsafe Self.piece($0) })
            unsafe pieces.initializeElement(at: 2 * number + 1, to: end.withUnsafeBytes { unsafe Self.piece($0) })
        }
        try withExtendedLifetime((lines, end)) { () throws(SpoolError) in try unsafe write(pieces) }
    }

    private static func piece(_ bytes: UnsafeRawBufferPointer) -> iovec {
        unsafe iovec(iov_base: UnsafeMutableRawPointer(mutating: bytes.baseAddress), iov_len: bytes.count)
    }

    /// Writes pieces in their order, as many in one call as Linux takes; cuts off them what was written.
    private func write(_ pieces: UnsafeMutableBufferPointer<iovec>) throws(SpoolError) {
        var first = 0
        while first < pieces.count {
            let rest = unsafe UnsafeMutableBufferPointer(rebasing: pieces[first...])
            var count = unsafe writev(number, rest.baseAddress, Int32(min(rest.count, Self.pieceLimit)))
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .of(count < 0 ? errno : EIO, .write, path) }
            while first < pieces.count, unsafe count >= pieces[first].iov_len {
                unsafe count -= pieces[first].iov_len
                first += 1
            }
            guard count > 0 else { continue }
            unsafe pieces[first].iov_base += count
            unsafe pieces[first].iov_len -= count
        }
    }

    /// How many pieces Linux takes in one call (IOV_MAX).
    private static let pieceLimit = 1024

    func setMode(_ mode: UInt32) throws(SpoolError) {
        guard fchmod(number, mode) == 0 else { throw .of(errno, .chmod, path) }
    }

    /// Lets the next write begin at `offset`.
    func seek(to offset: Int64) throws(SpoolError) {
        guard lseek(number, off_t(offset), SEEK_SET) >= 0 else { throw .of(errno, .write, path) }
    }

    func truncate(to size: Int64) throws(SpoolError) {
        while ftruncate(number, off_t(size)) != 0 {
            guard errno == EINTR else { throw .of(errno, .truncate, path) }
        }
    }

    /// Makes contents and size durable.
    ///
    /// After a failure the contents are unknown: never try again, recover from what is on disk.
    func synchronizeData() throws(SpoolError) {
        guard fdatasync(number) == 0 else { throw .of(errno, .fdatasync, path) }
    }

    /// Makes the whole file durable.
    func synchronize() throws(SpoolError) {
        guard fsync(number) == 0 else { throw .of(errno, .fsync, path) }
    }

    /// Whether two files have the same bytes.
    func hasSameBytes(as other: borrowing Descriptor) throws(SpoolError) -> Bool {
        guard try status().size == other.status().size else { return false }
        let step = 64 << 10
        let mine = ByteBuffer(capacity: step)
        let others = ByteBuffer(capacity: step)
        var offset: Int64 = 0
        while true {
            mine.removeAll()
            others.removeAll()
            let count = try read(into: mine, step, at: offset)
            try other.read(into: others, step, at: offset)
            guard mine.all.equals(others.all) else { return false }
            if count == 0 { return true }
            offset += Int64(count)
        }
    }
}
