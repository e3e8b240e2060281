import Foundation
import Glibc

/// A journaled file system of its own to measure on, for as long as the value lives; a plain folder without root.
///
/// What a shared disk does, and what its file system remembers of earlier files, would be measured otherwise.
final class BarDisk {
    let folder: TemporaryFolder
    /// The folder to work in.
    let path: String
    /// Whether it is a file system of its own, which may be filled up.
    let isMounted: Bool

    /// Makes one of `megabytes` (sparse) with room for `files` names.
    init(megabytes: Int, files: Int) throws {
        folder = try TemporaryFolder()
        path = folder.path + "/disk"
        let image = folder.path + "/image"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        let folder = folder
        let (mount, disk) = (path, image)
        let result = Result {
            try Tool.run("truncate", "-s", "\(megabytes)M", disk, in: folder)
            try Tool.run("mkfs.ext4", "-q", "-F", "-N", "\(files)", disk, in: folder)
            try Tool.run("mount", "-o", "loop,noatime", disk, mount, in: folder)
        }
        if case .success = result { isMounted = true } else { isMounted = false }
    }

    deinit {
        var tries = 0
        while isMounted, umount2(path, 0) != 0, tries < 100 {
            usleep(20_000)
            tries += 1
        }
    }
}
