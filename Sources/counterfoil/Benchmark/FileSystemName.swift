import Encoding
import Glibc

/// What kind of file system a folder is on and of which device, as `/proc/self/mountinfo` tells it.
enum FileSystemName {
    /// `ext4 (/dev/loop3)`; nil where the kernel does not tell.
    static func of(_ folder: String) -> String? {
        var status = stat()
        guard unsafe stat(folder, &status) == 0 else { return nil }
        let device = "\(major(status.st_dev)):\(minor(status.st_dev))"
        let text: [UInt8]
        do throws(FileBytes.Fault) {
            text = try FileBytes.read("/proc/self/mountinfo", limit: 1 << 20)
        } catch {
            return nil
        }
        for line in String(decoding: text, as: UTF8.self).split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count > 2, words[2] == device, let dash = words.firstIndex(of: "-"), words.count > dash + 2
            else { continue }
            return "\(words[dash + 1]) (\(words[dash + 2]))"
        }
        return nil
    }

    // How glibc packs a device's numbers; its macros are not imported.
    private static func major(_ device: dev_t) -> UInt { (device >> 8) & 0xFFF | (device >> 32) & ~0xFFF }
    private static func minor(_ device: dev_t) -> UInt { device & 0xFF | (device >> 12) & 0xFFFF_FF00 }
}
