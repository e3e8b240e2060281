import Glibc
import Testing

/// A folder of its own for one test, removed with everything in it at the end.
final class TemporaryFolder {
    let path: String

    init() throws {
        var template = Array("/tmp/counterfoil-test-XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { Self.remove(path) }

    /// Writes a file, making the folders above it.
    @discardableResult
    func write(_ name: String, _ bytes: [UInt8], mode: mode_t = 0o600) throws -> String {
        let full = "\(path)/\(name)"
        makeFolders(above: full)
        let file = open(full, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
        try #require(file >= 0)
        defer { close(file) }
        try #require(Glibc.write(file, bytes, bytes.count) == bytes.count)
        return full
    }

    @discardableResult
    func write(_ name: String, _ text: String) throws -> String { try write(name, Array(text.utf8)) }

    /// Makes a file of zeros that takes no room.
    func writeSparse(_ name: String, byteCount: Int) throws {
        let full = try write(name, [])
        try #require(truncate(full, byteCount) == 0)
    }

    func link(_ name: String, to target: String) throws {
        let full = "\(path)/\(name)"
        makeFolders(above: full)
        try #require(symlink(target, full) == 0)
    }

    func delete(_ name: String) { unlink("\(path)/\(name)") }

    func makeFolder(_ name: String) { makeFolders(above: "\(path)/\(name)/.") }

    func read(_ name: String) -> String {
        let file = open("\(path)/\(name)", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return "" }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count = Glibc.read(file, &bytes, bytes.count)
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }

    /// A second descriptor of the open file this process has of a name, as a program that is being started has it; -1
    /// where it has none open.
    func shared(_ name: String) -> Int32 {
        var buffer = [UInt8](repeating: 0, count: 4096)
        for number in Int32(3)..<4096 {
            let count = readlink("/proc/self/fd/\(number)", &buffer, buffer.count)
            if count > 0, String(decoding: buffer.prefix(count), as: UTF8.self) == "\(path)/\(name)" {
                return dup(number)
            }
        }
        return -1
    }

    private func makeFolders(above full: String) {
        var position = path.endIndex
        while let slash = full[full.index(after: position)...].firstIndex(of: "/") {
            mkdir(String(full[..<slash]), 0o700)
            position = slash
        }
    }

    private static func remove(_ path: String) {
        guard let folder = opendir(path) else {
            unlink(path)
            return
        }
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard name != ".", name != ".." else { continue }
            let child = "\(path)/\(name)"
            var status = stat()
            if lstat(child, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { remove(child) } else { unlink(child) }
        }
        closedir(folder)
        rmdir(path)
    }
}
