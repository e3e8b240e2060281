import Glibc

/// Small text files of the operator: read whole, bounded, checked to be UTF-8.
enum TextFile {
    /// The bytes of the regular file at `path`.
    static func bytes(_ path: String, limit: Int) throws(ConfigurationFaults) -> [UInt8] {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw unreadable(path, errno) }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw unreadable(path, errno) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw fault(path, .unreadable, "cannot be read: it is not a file")
        }
        guard status.st_size <= limit else { throw tooLarge(path, limit: limit) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = unsafe chunk.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
            guard count >= 0 else {
                if errno == EINTR { continue }
                throw unreadable(path, errno)
            }
            guard count > 0 else { return bytes }
            bytes.append(contentsOf: chunk.prefix(count))
            guard bytes.count <= limit else { throw tooLarge(path, limit: limit) }
        }
    }

    /// `bytes` as text; a fault with its place when they are not UTF-8.
    static func text(_ bytes: [UInt8], file: String, limit: Int) throws(ConfigurationFaults) -> String {
        guard bytes.count <= limit else { throw tooLarge(file, limit: limit) }
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        let good = String(decoding: bytes.prefix(firstInvalid(bytes)), as: UTF8.self).unicodeScalars
        let line = 1 + good.count { $0 == "\n" }
        let column = 1 + good.reversed().prefix { $0 != "\n" }.count
        let message = "not UTF-8 text"
        throw ConfigurationFaults([
            ConfigurationFault(file: file, line: line, column: column, code: .encoding, message: message)
        ])
    }

    static func tooLarge(_ file: String, limit: Int) -> ConfigurationFaults {
        fault(file, .tooLarge, "larger than \(ByteSize(bytes: limit)), so it is no configuration file")
    }

    private static func firstInvalid(_ bytes: [UInt8]) -> Int {
        do throws(UTF8.ValidationError) {
            _ = try UTF8Span(validating: bytes.span)
            return bytes.count
        } catch {
            return error.byteOffsets.lowerBound
        }
    }

    private static func unreadable(_ path: String, _ number: Int32) -> ConfigurationFaults {
        fault(path, .unreadable, "cannot be read: \(ErrorText.of(number))")
    }

    private static func fault(_ file: String, _ code: ConfigurationFault.Code, _ message: String) -> ConfigurationFaults
    {
        ConfigurationFaults([ConfigurationFault(file: file, line: 0, column: 0, code: code, message: message)])
    }
}
