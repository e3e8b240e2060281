import CLinux
import Encoding
import Glibc

/// An open folder.
///
/// Every file in it is reached through it by name alone, so that no link or renamed parent leads elsewhere.
final class Folder: Sendable {
    let number: Int32
    /// What errors call the folder.
    let path: String

    init(number: Int32, path: String) {
        self.number = number
        self.path = path
    }

    deinit { close(number) }

    /// Opens the folder at a path; a link at its end is followed.
    static func open(path: String, flags: Int32 = O_RDONLY) throws(SpoolError) -> Folder {
        let number = unsafe Glibc.open(path, flags | O_DIRECTORY | O_CLOEXEC)
        guard number >= 0 else { throw .of(errno, .openFolder, path) }
        return Folder(number: number, path: path)
    }

    /// Opens a folder in this one; `flags` may add O_PATH where listing is not permitted.
    func folder(_ name: String, flags: Int32 = O_RDONLY) throws(SpoolError) -> Folder {
        let number = unsafe openat(number, name, flags | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard number >= 0 else { throw .of(errno, .openFolder, path(name)) }
        return Folder(number: number, path: path(name))
    }

    /// Makes a folder with this mode; false when the name is taken.
    func makeFolder(_ name: String, mode: UInt32) throws(SpoolError) -> Bool {
        guard unsafe mkdirat(number, name, mode & 0o700) == 0 else {
            if errno == EEXIST { return false }
            throw .of(errno, .mkdir, path(name))
        }
        if mode != 0o700, unsafe fchmodat(number, name, mode, 0) != 0 {
            // Where a sandbox keeps everybody from setting setgid, the folder does without: what is put into it is
            // renamed from one that has it, and brings its group along.
            let rest = mode & 0o1777
            guard errno == EPERM, mode != rest, unsafe fchmodat(number, name, rest, 0) == 0 else {
                throw .of(errno, .chmod, path(name))
            }
        }
        return true
    }

    /// Opens a file, which must not be a link; a pipe or a device does not make this wait.
    func file(_ name: String, _ flags: Int32 = O_RDONLY) throws(SpoolError) -> Descriptor {
        while true {
            let file = unsafe openat(number, name, flags | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
            if file >= 0 { return Descriptor(file, path: path(name)) }
            guard errno == EINTR else { throw .of(errno, .open, path(name)) }
        }
    }

    /// Makes a new file with exactly this mode; nil when the name is taken.
    func newFile(_ name: String, mode: UInt32) throws(SpoolError) -> Descriptor? {
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        while true {
            let file = unsafe openat(number, name, flags, mode & 0o600)
            if file >= 0 {
                let file = Descriptor(file, path: path(name))
                if mode != mode & 0o600 { try file.setMode(mode) }
                return file
            }
            if errno == EEXIST { return nil }
            guard errno == EINTR else { throw .of(errno, .create, path(name)) }
        }
    }

    /// Reads a whole file of ours behind what is in `buffer`; nil when there is no such name.
    func contents(of name: String, into buffer: ByteBuffer) throws(SpoolError) -> ByteSlice? {
        do throws(SpoolError) {
            let file = try file(name)
            let status = try file.status()
            guard status.kind == .regular else { throw .changed(name: name) }
            let start = buffer.count
            let size = Int(status.size)
            try file.read(into: buffer, size + 1, at: 0, enough: size)
            return buffer[start..<buffer.count]
        } catch .vanished {
            return nil
        }
    }

    /// Gives a whole file of ours to `body` in pieces, in order.
    func forEachPiece(of name: String, _ body: (ByteSlice) -> Void) throws(SpoolError) {
        let file = try file(name)
        let buffer = ByteBuffer(capacity: 256 << 10)
        var position: Int64 = 0
        while true {
            buffer.removeAll()
            let count = try file.read(into: buffer, 256 << 10, at: position)
            if count == 0 { return }
            body(buffer.all)
            position += Int64(count)
        }
    }

    /// What a name stands for, links not followed; nil when there is no such name.
    func status(_ name: String) throws(SpoolError) -> FileStatus? {
        var status = stat()
        guard unsafe fstatat(number, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
            if errno == ENOENT { return nil }
            throw .of(errno, .stat, path(name))
        }
        return FileStatus(status)
    }

    /// The same for an entry of any name, in whatever bytes the file system gave.
    @unsafe
    func status(raw name: UnsafePointer<CChar>) throws(SpoolError) -> FileStatus? {
        var status = stat()
        guard unsafe fstatat(number, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
            if errno == ENOENT { return nil }
            throw .of(errno, .stat, path(unsafe String(cString: name)))
        }
        return FileStatus(status)
    }

    /// What the folder itself is.
    func status() throws(SpoolError) -> FileStatus {
        var status = stat()
        guard unsafe fstat(number, &status) == 0 else { throw .of(errno, .stat, path) }
        return FileStatus(status)
    }

    /// What became of a rename that replaces nothing.
    enum Move: Sendable { case done, nameTaken, gone }

    /// Renames an entry into `folder`, never replacing one.
    func move(_ name: String, to folder: Folder, as newName: String) throws(SpoolError) -> Move {
        guard unsafe counterfoil_rename_new(number, name, folder.number, newName) != 0 else { return .done }
        return try moveFault(errno, name)
    }

    /// Renames an entry of any name, in whatever bytes the file system gave.
    @unsafe
    func move(raw name: UnsafePointer<CChar>, to folder: Folder, as newName: String) throws(SpoolError) -> Move {
        guard unsafe counterfoil_rename_new(number, name, folder.number, newName) != 0 else { return .done }
        return try moveFault(errno, unsafe String(cString: name))
    }

    /// Gives a file a second name in `folder`, never replacing one.
    func link(_ name: String, to folder: Folder, as newName: String) throws(SpoolError) -> Move {
        guard unsafe linkat(number, name, folder.number, newName, 0) != 0 else { return .done }
        return try moveFault(errno, name)
    }

    private func moveFault(_ error: Int32, _ name: String) throws(SpoolError) -> Move {
        switch error {
        case EEXIST: return .nameTaken
        case ENOENT: return .gone
        default: throw .of(error, .rename, path(name))
        }
    }

    /// Removes a file; false when there was none.
    @discardableResult
    func remove(_ name: String) throws(SpoolError) -> Bool {
        guard unsafe unlinkat(number, name, 0) == 0 else {
            if errno == ENOENT { return false }
            throw .of(errno, .unlink, path(name))
        }
        return true
    }

    /// Removes an empty folder; false when it is not empty or gone.
    @discardableResult
    func removeFolder(_ name: String) throws(SpoolError) -> Bool {
        guard unsafe unlinkat(number, name, AT_REMOVEDIR) == 0 else {
            if errno == ENOTEMPTY || errno == EEXIST || errno == ENOENT { return false }
            throw .of(errno, .rmdir, path(name))
        }
        return true
    }

    /// Makes the names in the folder durable.
    func synchronize() throws(SpoolError) {
        guard fsync(number) == 0 else { throw .of(errno, .fsync, path) }
    }

    /// What errors call a file in the folder.
    func path(_ name: String) -> String { "\(path)/\(name)" }
}
