import Glibc

/// Why the spool, or one file in it, cannot be used.
package enum SpoolError: Error, Hashable, Sendable {
    /// The spool or one of its folders is not there.
    case missing(path: String)
    /// The path names something that is no folder.
    case notFolder(path: String)
    /// Another process owns the spool; nil when it did not say which.
    case locked(pid: Int32?)
    /// We may not write there (EACCES, EPERM), or the file system is read-only (EROFS).
    case notWritable(path: String, errno: Int32)
    /// We may not read there (EACCES, EPERM, while reading).
    case notReadable(path: String, errno: Int32)
    /// No bytes or no inodes are left, or the quota is used up.
    case diskFull(path: String, errno: Int32)
    /// A folder is on a network file system, where locks and renames cannot be relied on.
    case networkFileSystem(path: String, kind: String)
    /// Two folders are on different file systems, so that a file cannot be renamed between them.
    case mixedFileSystems(path: String, other: String)
    /// Somebody else could change what we rely on.
    case insecure(path: String, what: String)
    /// The name is taken by other bytes; nothing was replaced.
    case conflict(path: String)
    /// One file is not what it must be; the others are not affected. It belongs in `failed/<reason>/`.
    case refused(name: String, reason: FailureReason, detail: String)
    /// A file was changed by somebody else while we read it.
    case changed(name: String)
    /// A file we hold was removed by somebody else.
    case vanished(path: String)
    /// A name that we must not use for a file of ours.
    case badName(String)
    /// The system failed in some other way; `operation` is the name of the call.
    case io(operation: String, path: String, errno: Int32)

    /// A stable word for logs and scripts.
    package var code: String {
        switch self {
        case .missing: "spool_missing"
        case .notFolder: "spool_not_folder"
        case .locked: "spool_locked"
        case .notWritable: "spool_not_writable"
        case .notReadable: "spool_not_readable"
        case .diskFull: "spool_disk_full"
        case .networkFileSystem: "spool_network_file_system"
        case .mixedFileSystems: "spool_mixed_file_systems"
        case .insecure: "spool_insecure"
        case .conflict: "spool_conflict"
        case .refused: "spool_refused"
        case .changed: "spool_changed"
        case .vanished: "spool_vanished"
        case .badName: "spool_bad_name"
        case .io: "spool_io"
        }
    }

    /// Whether running again later may help without anybody correcting a file or the configuration (exit status 75).
    package var isTemporary: Bool {
        switch self {
        case .locked, .notWritable, .notReadable, .diskFull, .vanished, .io: true
        case .missing, .notFolder, .networkFileSystem, .mixedFileSystems, .insecure, .conflict, .refused, .changed,
            .badName:
            false
        }
    }

    /// The error that `errno` stands for after `operation` on `path`.
    static func of(_ errno: Int32, _ operation: Operation, _ path: String) -> SpoolError {
        switch errno {
        case ENOSPC, EDQUOT: .diskFull(path: path, errno: errno)
        case EROFS: .notWritable(path: path, errno: errno)
        case EACCES, EPERM:
            operation.writes ? .notWritable(path: path, errno: errno) : .notReadable(path: path, errno: errno)
        case ENOTDIR where operation.isFolder: .notFolder(path: path)
        case ELOOP where operation.isFolder: .notFolder(path: path)
        case ENOENT where operation.isFolder: .missing(path: path)
        case ENOENT: .vanished(path: path)
        default: .io(operation: operation.rawValue, path: path, errno: errno)
        }
    }

    /// The calls we make, as named in errors.
    enum Operation: String, Sendable {
        case openFolder = "open folder"
        case open, create, read, write, truncate, list, stat, statfs, rename, unlink, mkdir, rmdir, chmod, chown, fsync,
            fdatasync
        case syncfs, lock, watch

        var writes: Bool {
            switch self {
            case .openFolder, .open, .read, .list, .stat, .statfs, .watch: false
            case .create, .write, .truncate, .rename, .unlink, .mkdir, .rmdir, .chmod, .chown, .fsync, .fdatasync,
                .syncfs, .lock:
                true
            }
        }

        var isFolder: Bool { self == .openFolder }
    }
}
