import Glibc

/// What is left on the spool's file system for us, and whether that is enough to take more.
package struct FreeSpace: Equatable, Sendable {
    /// Bytes left.
    package let bytes: Int64
    /// Bytes in all.
    package let allBytes: Int64
    /// Inodes left; nil where the file system makes them as needed.
    package let inodes: Int64?

    /// How much must be left before anything is taken.
    package struct Need: Equatable, Sendable {
        /// Bytes.
        package var bytes: Int64 = 256 << 20
        /// Hundredths of all bytes.
        package var percent: Int64 = 5
        /// Inodes: ten for each request of a full group.
        package var inodes: Int64 = 10 * 1024

        /// The needs at their defaults.
        package init() {}
    }

    /// Values, for tests and reports.
    package init(bytes: Int64, allBytes: Int64, inodes: Int64?) {
        self.bytes = bytes
        self.allBytes = allBytes
        self.inodes = inodes
    }

    /// What is left on the file system of an open folder.
    static func of(_ folder: Folder) throws(SpoolError) -> FreeSpace {
        var system = statvfs()
        guard unsafe fstatvfs(folder.number, &system) == 0 else { throw .of(errno, .statfs, folder.path) }
        let unit = Int64(system.f_frsize)
        return FreeSpace(
            bytes: Int64(system.f_bavail) * unit,
            allBytes: Int64(system.f_blocks) * unit,
            inodes: system.f_files == 0 ? nil : Int64(system.f_favail)
        )
    }

    /// What there is too little of: how much is left, and how much must be.
    package enum Shortage: Equatable, Sendable {
        case bytes(Int64, of: Int64)
        case inodes(Int64, of: Int64)
    }

    /// Why nothing more may be taken; nil where more may.
    package func shortage(for need: Need = Need()) -> Shortage? {
        let needed = max(need.bytes, allBytes / 100 * need.percent)
        if bytes < needed { return .bytes(bytes, of: needed) }
        if let inodes, inodes < need.inodes { return .inodes(inodes, of: need.inodes) }
        return nil
    }
}
