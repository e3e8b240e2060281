import Encoding
import Glibc

@testable import Spool

/// A spool in a folder of its own, removed at the end.
final class TemporarySpool {
    let base: String
    var root: String { base + "/spool" }

    static let now: UnixTime = 1_795_341_600
    static let day = "2026-11-22"

    init() throws {
        var template = Array("/tmp/counterfoil-spool-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else { throw SpoolError.of(errno, .mkdir, "/tmp") }
        base = String(cString: made)
    }

    deinit { Self.remove(base) }

    func open() throws -> Spool { try Spool.open(root, at: Self.now) }

    /// Makes a folder under the spool, and those above it.
    func folder(_ path: String) throws {
        var made = root
        for part in path.split(separator: "/") {
            made += "/\(part)"
            guard mkdir(made, 0o700) == 0 || errno == EEXIST else { throw SpoolError.of(errno, .mkdir, made) }
        }
    }

    /// Writes a file under the spool.
    func write(_ path: String, _ text: String = "text") throws {
        let number = Glibc.open(root + "/" + path, O_WRONLY | O_CREAT | O_TRUNC, 0o640)
        guard number >= 0 else { throw SpoolError.of(errno, .create, path) }
        try Descriptor(number, path: path).write(ByteSlice(text))
    }

    /// The text of a file under the spool; nil when there is none.
    func text(_ path: String) -> String? {
        let number = Glibc.open(root + "/" + path, O_RDONLY)
        guard number >= 0 else { return nil }
        let buffer = ByteBuffer()
        _ = try? Descriptor(number, path: path).read(into: buffer, 1 << 20, at: 0)
        return buffer.all.string
    }

    /// The names in a folder under the spool, sorted.
    func names(_ folder: String) -> [String] { Self.names(root + "/" + folder) }

    /// Everything under the folder, as paths, folders left out, sorted.
    func tree(_ folder: String) -> [String] {
        names(folder).flatMap { name in
            let inside = tree(folder + "/" + name)
            return inside.isEmpty ? [folder + "/" + name] : inside
        }
    }

    /// The number in a file of the system; nil when there is none.
    func number(in path: String) -> Int? {
        let file = Glibc.open(path, O_RDONLY)
        guard file >= 0, let bytes = try? Descriptor(file, path: path).head(32) else { return nil }
        return Int(String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
    }

    /// What the file system says of a path under the spool.
    func status(_ path: String) -> FileStatus? {
        var status = stat()
        return lstat(root + "/" + path, &status) == 0 ? FileStatus(status) : nil
    }

    /// A second descriptor of the open file this process has of a path, as a program that is being started has it.
    func shared(_ path: String) -> Int32? {
        var name = [UInt8](repeating: 0, count: 4096)
        let wanted = "\(root)/\(path)"
        for number in Int32(3)..<4096 {
            let count = readlink("/proc/self/fd/\(number)", &name, name.count)
            if count > 0, String(decoding: name.prefix(count), as: UTF8.self) == wanted { return dup(number) }
        }
        return nil
    }

    private static func names(_ path: String) -> [String] {
        var names: [String] = []
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR, let stream = opendir(path) else {
            return []
        }
        defer { closedir(stream) }
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    private static func remove(_ path: String) {
        for name in names(path) { remove(path + "/" + name) }
        if unlink(path) != 0 { rmdir(path) }
    }
}
