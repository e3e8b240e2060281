import Encoding
import Glibc
import Operations

/// The folder an export is written into; one process at a time.
final class ExportFolder {
    let path: String
    private let descriptor: Int32

    /// Opens the folder, makes it where only the last part is missing, and takes its lock, which the kernel frees.
    init(_ path: String) throws(ExportError) {
        self.path = path
        if unsafe mkdir(path, 0o700) != 0, errno != EEXIST { throw .file(path: path, errno: errno) }
        descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .file(path: path, errno: errno) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let number = errno
            close(descriptor)
            throw number == EWOULDBLOCK ? .locked(path: path) : .file(path: path, errno: number)
        }
        try removeDrafts()
    }

    /// A program that is being started shares the lock until it runs: closing alone would leave it there for that moment.
    deinit {
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    func has(_ name: String) -> Bool { unsafe faccessat(descriptor, name, F_OK, 0) == 0 }

    /// How many bytes a file has; nil where there is none.
    func size(of name: String) -> Int64? {
        var status = stat()
        guard unsafe fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return nil }
        return Int64(status.st_size)
    }

    /// A file that appears whole under its name once it is finished, in place of one that was there.
    func file(_ name: String, isSecret: Bool) throws(ExportError) -> OutputFile {
        try Self.lifting { () throws(OutputFault) in try OutputFile("\(path)/\(name)", mode: isSecret ? 0o600 : 0o640) }
    }

    func remove(_ name: String) throws(ExportError) {
        guard unsafe unlinkat(descriptor, name, 0) == 0 || errno == ENOENT else {
            throw .file(path: "\(path)/\(name)", errno: errno)
        }
    }

    static func lifting<R>(_ body: () throws(OutputFault) -> R) throws(ExportError) -> R {
        do throws(OutputFault) { return try body() } catch { throw .file(path: error.path, errno: error.errno) }
    }

    /// Takes away what a stopped export had not finished: it may hold secrets, and it is made again.
    private func removeDrafts() throws(ExportError) {
        for name in try FolderNames.read(path) where name.hasPrefix(".") && name.hasSuffix(OutputFile.draftEnding) {
            try remove(name)
        }
    }
}
