import Synchronization

/// The folders in one folder that are made as needed: days, reasons.
///
/// The last few stay open.
final class Subfolders: Sendable {
    private let parent: Folder
    private let mode: UInt32
    private let open = Mutex<[String: Folder]>([:])
    private static let limit = 8

    init(of parent: Folder, mode: UInt32) {
        self.parent = parent
        self.mode = mode
    }

    /// The folder of this name, made when it is missing.
    subscript(_ name: String) -> Folder {
        get throws(SpoolError) {
            if let folder = open.withLock({ $0[name] }) { return folder }
            _ = try parent.makeFolder(name, mode: mode)
            let folder = try parent.folder(name)
            open.withLock { folders in
                if folders.count >= Self.limit { folders.removeAll() }
                folders[name] = folder
            }
            return folder
        }
    }

    /// Forgets an open folder, because it may have been removed meanwhile.
    func forget(_ name: String) {
        open.withLock { _ = $0.removeValue(forKey: name) }
    }
}
