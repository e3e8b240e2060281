import Glibc

/// Writes files of a demonstration or a test: folders are made as needed, existing files are replaced.
package enum FileWriter {
    /// Writes `bytes` to `path`, or behind what is there already.
    package static func write(_ bytes: [UInt8], to path: String, appending: Bool = false) throws(SimulatorError) {
        try makeFolders(of: path)
        let manner = appending ? O_APPEND : O_TRUNC
        let file = unsafe open(path, O_WRONLY | O_CREAT | manner | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw .file(path: path, errno: errno) }
        defer { close(file) }
        var done = 0
        while done < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                unsafe Glibc.write(file, buffer.baseAddress?.advanced(by: done), buffer.count - done)
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw .file(path: path, errno: errno) }
            done += count
        }
    }

    /// Writes `text` to `path`.
    package static func write(_ text: String, to path: String) throws(SimulatorError) {
        try write(Array(text.utf8), to: path)
    }

    private static func makeFolders(of path: String) throws(SimulatorError) {
        var folder = path.hasPrefix("/") ? "" : "."
        for name in path.split(separator: "/").dropLast() {
            folder += "/" + name
            guard unsafe mkdir(folder, 0o755) != 0, errno != EEXIST else { continue }
            throw .file(path: folder, errno: errno)
        }
    }
}
