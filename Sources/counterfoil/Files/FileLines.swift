import Encoding
import Glibc

/// Reads a file an operator named line by line, of any size, holding one line at a time.
enum FileLines {
    /// Lends each line without its end, with its number from 1; a line longer than `lineLimit` ends the reading.
    static func forEach(
        _ path: String,
        lineLimit: Int,
        _ body: (Int, ByteSlice) -> Void
    ) throws(FileBytes.Fault) {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else { throw .system(errno) }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw .system(errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notFile }
        let buffer = ByteBuffer(capacity: 1 << 20)
        var (number, scanned) = (0, 0)
        while true {
            let count = try read(descriptor, into: buffer)
            var start = 0
            while let end = buffer.all.firstIndex(of: UInt8(ascii: "\n"), from: max(start, scanned)) {
                number += 1
                body(number, buffer[start..<end])
                start = end + 1
            }
            buffer.remove(0..<start)
            scanned = buffer.count
            guard scanned <= lineLimit else { throw .tooLarge(limit: lineLimit) }
            if count == 0 { break }
        }
        if buffer.count > 0 { body(number + 1, buffer.all) }
    }

    private static func read(_ descriptor: Int32, into buffer: ByteBuffer) throws(FileBytes.Fault) -> Int {
        while true {
            var fault: Int32 = 0
            var read = 0
            unsafe buffer.appendUnsafe(256 << 10) { room in
                let count = unsafe Glibc.read(descriptor, room.baseAddress, room.count)
                if count < 0 { fault = errno }
                read = max(0, count)
                return read
            }
            if fault == EINTR { continue }
            guard fault == 0 else { throw .system(fault) }
            return read
        }
    }
}
