/// Keeps a sweep out of the way of the work beside it.
///
/// Names that were removed lie in the file system's journal until somebody syncs, and the next sync of a group of requests
/// would wait for all of them. So the sweep syncs itself, a small portion at a time, and waits for the disk in its own time.
final class SweepPace {
    /// Removed files between two syncs.
    private static let portion = 256
    private var removed = 0

    /// Notes that a file was removed from a folder.
    func removed(from folder: Folder) throws(SpoolError) {
        removed += 1
        if removed.isMultiple(of: Self.portion) { try folder.synchronize() }
    }
}
