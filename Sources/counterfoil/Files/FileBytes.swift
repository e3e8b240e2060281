import Encoding
import Glibc
import Operations

/// Reads a file an operator named: whole, bounded, regular files only.
enum FileBytes {
    /// Why a file could not be read.
    enum Fault: Error, Equatable {
        case system(Int32)
        case notFile
        case tooLarge(limit: Int)

        /// Why, in a few words.
        var words: String {
            switch self {
            case .system(let number): ErrorText.of(number)
            case .notFile: "it is not a file"
            case .tooLarge(let limit): "it is larger than \(ByteSize(bytes: limit))"
            }
        }
    }

    static func read(_ path: String, limit: Int) throws(Fault) -> [UInt8] {
        try readBuffer(path, limit: limit).all.bytes
    }

    /// The same as a buffer of its own.
    static func readBuffer(_ path: String, limit: Int) throws(Fault) -> ByteBuffer {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else { throw .system(errno) }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw .system(errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notFile }
        guard status.st_size <= limit else { throw .tooLarge(limit: limit) }
        let buffer = ByteBuffer(capacity: Int(status.st_size) + 1)
        while buffer.count <= limit {
            let before = buffer.count
            try unsafe buffer.appendUnsafe(max(1, Int(status.st_size) + 1 - before)) { (room) throws(Fault) in
                while true {
                    let count = unsafe Glibc.read(descriptor, room.baseAddress, room.count)
                    if count < 0, errno == EINTR { continue }
                    guard count >= 0 else { throw .system(errno) }
                    return count
                }
            }
            if buffer.count == before { return buffer }
        }
        throw .tooLarge(limit: limit)
    }
}
