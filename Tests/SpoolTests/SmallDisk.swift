import Glibc

/// A tmpfs at a path, until the value goes out of use.
final class SmallDisk {
    private let path: String
    /// Kept, so that it is removed after the disk has gone from it.
    private let place: TemporarySpool

    init?(in place: TemporarySpool, at path: String, options: String) {
        self.path = path
        self.place = place
        guard mount("tmpfs", path, "tmpfs", 0, options) == 0 else { return nil }
    }

    deinit { umount2(path, 2 /* MNT_DETACH */) }

    /// Takes the right to write away from everybody.
    func makeReadOnly() { mount("tmpfs", path, "tmpfs", 0x21 /* MS_REMOUNT, MS_RDONLY */, nil) }

    static let canMount: Bool = {
        guard geteuid() == 0, let place = try? TemporarySpool() else { return false }
        return SmallDisk(in: place, at: place.base, options: "size=64k") != nil
    }()
}
