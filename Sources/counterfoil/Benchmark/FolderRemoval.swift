import Glibc

/// Removes a folder the program made itself, with all that is in it; links are removed, not followed.
enum FolderRemoval {
    static func remove(_ path: String) {
        for name in FolderListing.names(in: path) {
            let inside = "\(path)/\(name)"
            if unsafe unlink(inside) != 0 { remove(inside) }
        }
        _ = unsafe rmdir(path)
    }
}
