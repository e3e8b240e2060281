import Glibc

/// A tmpfs at a path, until the value goes out of use.
final class SmallDisk {
    let path: String

    init?(at path: String, options: String) {
        self.path = path
        guard mount("tmpfs", path, "tmpfs", 0, options) == 0 else { return nil }
    }

    deinit { umount2(path, 2 /* MNT_DETACH */) }

    /// Takes the right to write away from everybody.
    func makeReadOnly() { mount("tmpfs", path, "tmpfs", 0x21 /* MS_REMOUNT, MS_RDONLY */, nil) }

    static let canMount: Bool = {
        guard geteuid() == 0, let place = try? TemporarySpool() else { return false }
        return SmallDisk(at: place.base, options: "size=64k") != nil
    }()
}
