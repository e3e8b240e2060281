import Glibc

/// An inotify descriptor and what its watches stand for.
///
/// Names that a writer has not completed give no hint, so that a large submission does not wake us for its temporary
/// file.
final class HintInbox: Sendable {
    let number: Int32
    private let folders: [Int32: SpoolFolder]

    private static let arrivals = Int(IN_MOVED_TO) | Int(IN_CLOSE_WRITE) | Int(IN_CREATE)
    private static let endings = Int(IN_DELETE_SELF) | Int(IN_MOVE_SELF) | Int(IN_IGNORED) | Int(IN_UNMOUNT)

    private static let events = UInt32(arrivals | Int(IN_DELETE_SELF) | Int(IN_MOVE_SELF) | Int(IN_ONLYDIR))

    /// Watches these folders, through their descriptors, so that a renamed parent does not mislead us.
    init(_ watched: [(SpoolFolder, Folder)]) throws(SpoolError) {
        number = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
        guard number >= 0 else { throw .of(errno, .watch, "inotify") }
        var folders: [Int32: SpoolFolder] = [:]
        for (which, folder) in watched {
            // A wish that is taken back is news too.
            let events = which == .control ? Self.events | UInt32(IN_DELETE) : Self.events
            let watch = unsafe inotify_add_watch(number, "/proc/self/fd/\(folder.number)", events)
            guard watch >= 0 else {
                let error = errno
                close(number)
                throw .of(error, .watch, folder.path)
            }
            folders[watch] = which
        }
        self.folders = folders
    }

    deinit { close(number) }

    /// What waits in the inbox, each hint once.
    func hints() -> Set<SpoolHint> {
        var hints: Set<SpoolHint> = []
        unsafe withUnsafeTemporaryAllocation(byteCount: 64 << 10, alignment: 8) { room in
            while true {
                let count = unsafe read(number, room.baseAddress, room.count)
                guard count > 0 else { break }
                unsafe add(UnsafeRawBufferPointer(rebasing: room[..<count]), to: &hints)
            }
        }
        return hints
    }

    @unsafe
    private func add(_ bytes: UnsafeRawBufferPointer, to hints: inout Set<SpoolHint>) {
        let header = MemoryLayout<inotify_event>.size
        var rest = unsafe bytes[...]
        while unsafe rest.count >= header {
            let event = unsafe UnsafeRawBufferPointer(rebasing: rest).loadUnaligned(as: inotify_event.self)
            let end = unsafe rest.startIndex + header + Int(event.len)
            guard unsafe end <= rest.endIndex else { return }
            let name = unsafe rest[(rest.startIndex + header)..<end].prefix { $0 != 0 }
            if let hint = unsafe hint(event, isUnfinished: InputName.classify(name) == .ignored) { hints.insert(hint) }
            unsafe rest = rest[end...]
        }
    }

    private func hint(_ event: inotify_event, isUnfinished: Bool) -> SpoolHint? {
        let mask = Int(event.mask)
        if mask & Int(IN_Q_OVERFLOW) != 0 { return .lookEverywhere }
        guard let folder = folders[event.wd] else { return nil }
        if mask & Self.endings != 0 { return .ended(folder) }
        return isUnfinished ? nil : .arrived(folder)
    }
}
