import CTrace
import Foundation

/// A journaled disk of its own, held in memory, whose power can be cut: what was not synced is gone.
///
/// Needs root, mkfs.ext4 and loop devices.
final class PowerDisk: CrashPlace {
    private let folder: TemporaryFolder
    private let image: String
    private let mount: String
    private var isMounted = false

    /// The root of the installation on it.
    var root: String { mount + "/site" }

    /// Makes one with a copy of the template on it.
    init(_ template: CrashTemplate? = nil) throws {
        folder = try TemporaryFolder.inMemory()
        image = folder.path + "/disk"
        mount = folder.path + "/mount"
        try FileManager.default.createDirectory(atPath: mount, withIntermediateDirectories: true)
        try Tool.run("truncate", "-s", "48M", image, in: folder)
        try Tool.run("mkfs.ext4", "-q", "-F", "-N", "24000", "-J", "size=4", image, in: folder)
        try attach()
        _ = try template?.copy(to: root, folder)
        try detach()
        try Tool.run("cp", "--sparse=always", image, image + ".template", in: folder)
    }

    deinit { if isMounted { try? detach() } }

    /// Brings back the disk as it was made; the installation on it.
    func fresh() throws -> CrashSite {
        if isMounted { try detach() }
        try Tool.run("cp", "--sparse=always", image + ".template", image, in: folder)
        try attach()
        return CrashSite(root: root, messages: folder)
    }

    /// Ends all writing to the disk at once, as a power cut does.
    func cutPower() throws {
        let descriptor = open(mount, O_RDONLY | O_CLOEXEC)
        defer { close(descriptor) }
        var how = UInt32(counterfoil_shutdown_no_log_flush)
        guard ioctl(descriptor, UInt(counterfoil_shutdown_request), &how) == 0 else {
            throw Running.Trouble(what: "the power of the disk cannot be cut (\(errno))")
        }
    }

    /// Starts again from what the disk holds, which replays its journal.
    func restore() throws {
        try detach()
        try attach()
    }

    private func attach() throws {
        try Tool.run("mount", "-o", "loop,noatime", image, mount, in: folder)
        isMounted = true
    }

    private func detach() throws {
        var tries = 0
        while umount2(mount, 0) != 0 {
            tries += 1
            guard errno == EBUSY, tries < 100 else {
                throw Running.Trouble(what: "the disk cannot be unmounted (\(errno))")
            }
            usleep(20_000)
        }
        isMounted = false
    }

    /// Why there can be none on this machine; nil where there can.
    static let obstacle: String? = {
        guard geteuid() == 0 else { return "needs root" }
        for tool in ["mkfs.ext4", "mount", "truncate"] where Tool.path(tool) == nil {
            return "\(tool) is not installed"
        }
        do {
            let disk = try PowerDisk()
            _ = try disk.fresh()
            try disk.cutPower()
            try disk.restore()
            return nil
        } catch {
            return "\(error)"
        }
    }()
}
