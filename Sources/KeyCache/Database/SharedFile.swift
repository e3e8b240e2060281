import Glibc

/// A file beside or of the cache, made with the rights its folder asks for.
///
/// Where one user fetches and another processes, both write the cache. They share its folder by a group, and what is
/// made there must be that group's as well, whatever the umask of who comes first. SQLite gives its log and index the
/// mode of the database.
package enum SharedFile {
    /// The mode of a new file at `path`: for its owner alone (0600), or for its group too (0660) where the folder is
    /// made to be shared, which is setgid and writable for its group.
    package static func mode(at path: String) -> UInt32 {
        let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        var status = stat()
        let shared = S_ISGID | S_IWGRP
        guard unsafe stat(folder, &status) == 0, status.st_mode & shared == shared else { return 0o600 }
        return 0o660
    }

    /// Makes an empty file where there is none; what is there keeps its rights.
    ///
    /// What fails is left to whoever opens the file next, for the reason will be the same.
    static func make(at path: String) {
        let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return }
        fchmod(descriptor, mode(at: path))
        close(descriptor)
    }
}
