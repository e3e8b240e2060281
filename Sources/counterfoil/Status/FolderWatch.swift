import Glibc

/// Waits for a folder to be written to, so that whoever waits for another process need not look in a loop.
///
/// What it says is a hint: a folder that cannot be watched, or is not there yet, lets every wait run its full time.
final class FolderWatch {
    private let folder: String
    private let descriptor: Int32
    private var isWatching = false

    init(_ folder: String) {
        self.folder = folder
        descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Returns when something in the folder was written since the last call, or when the time is over.
    func wait(milliseconds: Int64) {
        watch()
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        let time = Int32(clamping: max(0, milliseconds))
        // Without a descriptor poll ignores the entry and sleeps.
        guard unsafe poll(&entry, 1, time) > 0, entry.revents & Int16(POLLIN) != 0 else { return }
        drain()
    }

    /// Sleeps, whatever happens in the folder.
    static func sleep(milliseconds: Int64) { _ = poll(nil, 0, Int32(clamping: max(0, milliseconds))) }

    private func watch() {
        guard descriptor >= 0, !isWatching else { return }
        let events = UInt32(IN_MODIFY) | UInt32(IN_CREATE) | UInt32(IN_MOVED_TO) | UInt32(IN_ONLYDIR)
        isWatching = unsafe inotify_add_watch(descriptor, folder, events) >= 0
    }

    /// Takes all hints at once; what they say does not matter.
    private func drain() {
        var buffer = [UInt8](repeating: 0, count: 16 << 10)
        while unsafe read(descriptor, &buffer, buffer.count) > 0 {}
    }
}
