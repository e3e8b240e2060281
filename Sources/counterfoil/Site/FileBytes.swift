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
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else { throw .system(errno) }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw .system(errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notFile }
        guard status.st_size <= limit else { throw .tooLarge(limit: limit) }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size) + 1)
        var filled = 0
        while filled < bytes.count {
            let count = unsafe bytes.withUnsafeMutableBytes { all in
                let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: all[filled...])
                return unsafe Glibc.read(descriptor, rest.baseAddress, rest.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .system(errno) }
            if count == 0 { break }
            filled += count
        }
        guard filled <= limit else { throw .tooLarge(limit: limit) }
        return Array(bytes.prefix(filled))
    }
}
