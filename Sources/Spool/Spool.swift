package import Encoding
import Glibc
import Synchronization

/// A spool that this process owns: the only door to its files.
///
/// Safe to use from several threads: every method works through open folders and unique names. Ownership ends with the
/// value, or with the process however it ends. The order that keeps a crash harmless is the caller's: take, read once,
/// stage, `synchronize`, commit, publish, archive.
package final class Spool: Sendable {
    /// The path the spool was opened by, for messages.
    package let path: String
    let folders: SpoolFolders
    let resultDays: Subfolders
    let ackDays: Subfolders
    let archiveDays: Subfolders
    let reasons: Subfolders
    let bundleFolders: Subfolders
    private let lock: SpoolLock
    private let groups: Atomic<Int>
    /// The number of the ledger's group that was noted last.
    let notedGroup = Atomic<Int64>(-1)

    /// Opens the spool at `root` and takes it for this process; makes the folders that are missing.
    ///
    /// Sets the umask of the process to 077. Throws `.locked` when another process, or another value in this one, owns
    /// the spool.
    package static func open(_ root: String, at now: UnixTime) throws(SpoolError) -> Spool {
        umask(0o077)
        let folders = try SpoolFolders.open(root)
        return Spool(path: root, folders: folders, lock: try SpoolLock.take(in: folders.root, at: now))
    }

    /// Opens the spool for looking only: no lock, nothing made, nothing moved.
    package static func openReadOnly(_ root: String) throws(SpoolError) -> SpoolView { try SpoolView(root) }

    private init(path: String, folders: SpoolFolders, lock: consuming SpoolLock) {
        self.path = path
        self.folders = folders
        self.lock = lock
        groups = Atomic(Self.microsecondsSinceBoot())
        resultDays = Subfolders(of: folders.results, mode: SpoolFolder.results.mode(asRoot: true))
        ackDays = Subfolders(of: folders.acks, mode: 0o3730)
        archiveDays = Subfolders(of: folders.archive, mode: 0o700)
        reasons = Subfolders(of: folders.failed, mode: 0o700)
        bundleFolders = Subfolders(of: folders.bundles, mode: 0o700)
    }

    /// A number no group of this value has had, nor one of an owner before it since the system started.
    ///
    /// The ledger knows groups by their names. The time in a name may be that of a clock that was set back, and stand
    /// still; in a container every process may have the same id.
    func nextGroup() -> Int { groups.add(1, ordering: .relaxed).newValue }

    private static func microsecondsSinceBoot() -> Int {
        var time = timespec()
        unsafe clock_gettime(CLOCK_BOOTTIME, &time)
        return time.tv_sec * 1_000_000 + time.tv_nsec / 1000
    }

    /// What is left on the spool's file system.
    package func freeSpace() throws(SpoolError) -> FreeSpace { try FreeSpace.of(folders.root) }
}
