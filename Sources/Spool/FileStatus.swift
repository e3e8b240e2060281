import Glibc

/// What the file system says of a file: the part of `struct stat` we decide by.
struct FileStatus: Equatable, Sendable {
    /// What kind of thing a name stands for.
    enum Kind: String, Sendable {
        case regular = "regular file"
        case folder
        case link = "symbolic link"
        case pipe
        case socket
        case device
    }

    let kind: Kind
    let size: Int64
    let owner: UInt32
    let group: UInt32
    let mode: UInt32
    let names: Int
    let device: UInt64
    let inode: UInt64
    /// When the contents, the name or the mode last changed (ctime), which no ordinary user can set.
    let changedAt: Int64
    let changedNanoseconds: Int64

    init(_ status: stat) {
        kind =
            switch status.st_mode & S_IFMT {
            case S_IFREG: .regular
            case S_IFDIR: .folder
            case S_IFLNK: .link
            case S_IFIFO: .pipe
            case S_IFSOCK: .socket
            default: .device
            }
        size = Int64(status.st_size)
        owner = status.st_uid
        group = status.st_gid
        mode = UInt32(status.st_mode) & 0o7777
        names = Int(status.st_nlink)
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
        changedAt = Int64(status.st_ctim.tv_sec)
        changedNanoseconds = Int64(status.st_ctim.tv_nsec)
    }

    /// What tells this very file, unchanged and under this name, from any other on its file system.
    var identity: String { "\(inode).\(changedAt).\(changedNanoseconds)" }

    /// Whether everybody may write.
    var isWorldWritable: Bool { mode & 0o002 != 0 }
}
