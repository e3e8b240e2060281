package import Encoding
import Glibc

/// A file written under another name, which appears whole and durable under its own, or not at all.
package final class OutputFile {
    /// What the names of unfinished files end in; they begin with a dot.
    package static let draftEnding = ".draft"

    private let path: String
    private let draft: String
    private let descriptor: Int32
    private var isFinished = false

    /// Begins a file; `mode` is its permission bits, which the mask of the process narrows unless it `isForOthers`.
    package init(_ path: String, mode: UInt32 = 0o640, isForOthers: Bool = false) throws(OutputFault) {
        let (folder, name) = Self.split(path)
        self.path = path
        draft = "\(folder)/.\(name).\(getpid())\(Self.draftEnding)"
        // Left by a process of this number that was killed.
        _ = unsafe unlink(draft)
        var opened: Int32
        repeat {
            opened = unsafe open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode_t(mode))
        } while opened < 0 && errno == EINTR
        descriptor = opened
        guard descriptor >= 0, !isForOthers || fchmod(descriptor, mode_t(mode)) == 0 else {
            throw OutputFault(path: path, errno: errno)
        }
    }

    deinit {
        guard descriptor >= 0 else { return }
        close(descriptor)
        if !isFinished { _ = unsafe unlink(draft) }
    }

    /// Writes more of it.
    package func append(_ bytes: ByteSlice) throws(OutputFault) {
        var done = 0
        while done < bytes.count {
            let rest = bytes[done..<bytes.count]
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw OutputFault(path: path, errno: count < 0 ? errno : EIO) }
            done += count
        }
    }

    /// Lets the file appear in place of one that was there, soon on disk: for what is written anew all the time.
    package func replace() throws(OutputFault) {
        guard unsafe rename(draft, path) == 0 else { throw OutputFault(path: path, errno: errno) }
        isFinished = true
    }

    /// Lets the file appear where none was; `EEXIST` where there is one, which stays as it is.
    package func create() throws(OutputFault) {
        guard fsync(descriptor) == 0, unsafe link(draft, path) == 0 else {
            throw OutputFault(path: path, errno: errno)
        }
    }

    /// Lets the file appear, in place of one that was there.
    package func finish() throws(OutputFault) {
        guard fsync(descriptor) == 0, unsafe rename(draft, path) == 0 else {
            throw OutputFault(path: path, errno: errno)
        }
        isFinished = true
        let folder = unsafe open(Self.split(path).folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw OutputFault(path: path, errno: errno) }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw OutputFault(path: path, errno: errno) }
    }

    private static func split(_ path: String) -> (folder: String, name: String) {
        guard let end = path.lastIndex(of: "/") else { return (".", path) }
        let folder = end == path.startIndex ? "/" : String(path[..<end])
        return (folder, String(path[path.index(after: end)...]))
    }
}
