import Glibc

/// Sizes of files and disks, where they can be had.
enum DiskSpace {
    /// The bytes of a file; 0 where there is none.
    static func size(of path: String) -> Int64 {
        var status = stat()
        return unsafe stat(path, &status) == 0 ? Int64(status.st_size) : 0
    }

    /// The bytes free on the disk a path is on; nil where that cannot be asked.
    static func free(at path: String) -> Int64? {
        var system = statvfs()
        guard unsafe statvfs(path, &system) == 0 else { return nil }
        return Int64(system.f_bavail) * Int64(system.f_frsize)
    }
}
