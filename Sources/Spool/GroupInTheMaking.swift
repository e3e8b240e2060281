import Encoding
import Glibc

/// A group while files are being moved into its folder, which is made with the first of them.
struct GroupInTheMaking: ~Copyable {
    let source: Folder
    private(set) var files: [TakenFile] = []
    private(set) var bytes = 0

    private let spool: Spool
    private let origin: TakenGroup.Origin
    private let limits: InputLimits
    private let now: UnixTime
    private var name = ""
    private var folder: Folder?

    init(_ spool: Spool, origin: TakenGroup.Origin, source: Folder, limits: InputLimits, at now: UnixTime) {
        self.spool = spool
        self.origin = origin
        self.source = source
        self.limits = limits
        self.now = now
    }

    /// Moves an input in, its companion first, so that a crash in between never leaves a request without its
    /// certificate.
    ///
    /// Where this fails the companion stays: the request may have come all the same, and `found` sees whether it did.
    mutating func add(_ name: String, companion: String?, _ status: FileStatus) throws(SpoolError) {
        let folder = try ownFolder()
        var hasCompanion = false
        if let companion { hasCompanion = try source.move(companion, to: folder, as: companion) == .done }
        guard try source.move(name, to: folder, as: name) == .done else {
            // Somebody removed it, or submitted the same name again while this group was made: the next group will see.
            if hasCompanion, let companion { _ = try folder.move(companion, to: source, as: companion) }
            return
        }
        let place = TakenFile.Place(folder: folder, origin: origin, limits: limits)
        guard let file = try TakenFile(found: name, status, in: place, beside: { _ in hasCompanion }) else { return }
        files.append(file)
        bytes += file.size
    }

    private mutating func ownFolder() throws(SpoolError) -> Folder {
        if let folder { return folder }
        let (name, folder) = try spool.makeGroupFolder(origin, at: now)
        self.name = name
        self.folder = folder
        return folder
    }

    /// The group as its folder has it, for after a fault: the disk may have done what it told had failed, and kept a
    /// companion whose file stayed behind.
    consuming func found() throws(SpoolError) -> TakenGroup? {
        try folder == nil ? nil : spool.groupFound(in: name, limits: limits)
    }

    /// The group; nil when nothing was moved in, and then no folder remains.
    consuming func finished() throws(SpoolError) -> TakenGroup? {
        guard let folder else { return nil }
        guard !files.isEmpty else {
            try spool.folders.active.removeFolder(name)
            return nil
        }
        return TakenGroup(name: name, origin: origin, files: files, folder: folder)
    }
}
