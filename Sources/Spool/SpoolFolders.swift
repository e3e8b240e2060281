import CLinux
import Glibc

/// The folders of one spool, opened once and checked.
///
/// All later access goes through these descriptors, so that whatever happens to the path of the spool, we stay in this
/// one.
struct SpoolFolders: Sendable {
    let root: Folder
    let incoming: Folder
    let active: Folder
    let staging: Folder
    let results: Folder
    let acks: Folder
    let deferred: Folder
    let failed: Folder
    let archive: Folder
    let bundles: Folder
    let control: Folder

    /// Opens the spool at `path`, makes what is missing, and refuses one that others could change or that is no single
    /// local file system.
    static func open(_ path: String) throws(SpoolError) -> SpoolFolders {
        let root = try openRoot(path)
        let device = try check(root, device: nil, base: path)
        func folder(_ which: SpoolFolder) throws(SpoolError) -> Folder {
            _ = try root.makeFolder(which.rawValue, mode: which.mode(asRoot: geteuid() == 0))
            let folder = try root.folder(which.rawValue)
            _ = try check(folder, device: device, base: path, isDropBox: which == .incoming)
            return folder
        }
        let folders = SpoolFolders(
            root: root,
            incoming: try folder(.incoming),
            active: try folder(.active),
            staging: try folder(.staging),
            results: try folder(.results),
            acks: try folder(.acks),
            deferred: try folder(.deferred),
            failed: try folder(.failed),
            archive: try folder(.archive),
            bundles: try folder(.bundles),
            control: try folder(.control)
        )
        try folders.shareGroupOfResults()
        return folders
    }

    subscript(_ folder: SpoolFolder) -> Folder {
        switch folder {
        case .incoming: incoming
        case .active: active
        case .staging: staging
        case .results: results
        case .acks: acks
        case .deferred: deferred
        case .failed: failed
        case .archive: archive
        case .bundles: bundles
        case .control: control
        }
    }

    /// Opens the spool's own folder and makes it if only it is missing; others may pass through to a drop box that root
    /// made.
    private static func openRoot(_ path: String) throws(SpoolError) -> Folder {
        do throws(SpoolError) {
            return try Folder.open(path: path)
        } catch .missing {
            let mode: mode_t = geteuid() == 0 ? 0o711 : 0o700
            guard unsafe mkdir(path, 0o700) == 0 || errno == EEXIST else {
                throw errno == ENOENT ? .missing(path: path) : .of(errno, .mkdir, path)
            }
            let root = try Folder.open(path: path)
            guard fchmod(root.number, mode) == 0 else { throw .of(errno, .chmod, path) }
            return root
        }
    }

    private static func check(
        _ folder: Folder,
        device: UInt64?,
        base: String,
        isDropBox: Bool = false
    ) throws(SpoolError) -> UInt64 {
        let status = try folder.status()
        if let device, status.device != device { throw .mixedFileSystems(path: folder.path, other: base) }
        if !isDropBox, let kind = FileSystemKind.network(magic: counterfoil_file_system_magic(folder.number)) {
            throw .networkFileSystem(path: folder.path, kind: kind)
        }
        guard status.owner == geteuid() else {
            throw .insecure(path: folder.path, what: "belongs to user \(status.owner), and we are user \(geteuid())")
        }
        guard !status.isWorldWritable else { throw .insecure(path: folder.path, what: "can be written by everybody") }
        // Else it would show once an answer is committed and cannot appear.
        guard geteuid() == 0 || status.mode & 0o300 == 0o300 else {
            throw .notWritable(path: folder.path, errno: EACCES)
        }
        return status.device
    }

    /// Lets staging and marks have the group of results, so that a staged file, once renamed there, can be read by those
    /// results are for, and they can say that they took it.
    private func shareGroupOfResults() throws(SpoolError) {
        let group = try results.status().group
        for (folder, which) in [(staging, SpoolFolder.staging), (acks, .acks)] where try folder.status().group != group
        {
            guard fchown(folder.number, uid_t.max, group) == 0, fchmod(folder.number, which.mode(asRoot: true)) == 0
            else { throw .of(errno, .chown, folder.path) }
        }
    }
}
