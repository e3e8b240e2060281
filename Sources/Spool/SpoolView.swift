import Encoding
import CLinux
import Glibc

/// A spool seen without owning it: what `status` and a dry run need.
///
/// Takes no lock, makes nothing and moves nothing, so that it works beside a running owner, after its death and on a
/// read-only disk.
package final class SpoolView: Sendable {
    /// The path the spool was opened by, for messages.
    package let path: String
    let root: Folder

    init(_ path: String) throws(SpoolError) {
        self.path = path
        root = try Folder.open(path: path)
        guard try root.status(SpoolFolder.incoming.rawValue)?.kind == .folder else {
            throw .missing(path: root.path(SpoolFolder.incoming.rawValue))
        }
    }

    /// The living process that owns the spool; nil when there is none, and then the spool is at rest.
    package func owner() throws(SpoolError) -> SpoolOwner? {
        guard try SpoolLock.isHeld(in: root) else { return nil }
        return try SpoolLock.owner(in: root)
    }

    /// What is left on the spool's file system.
    package func freeSpace() throws(SpoolError) -> FreeSpace { try FreeSpace.of(root) }

    /// Whether an operator asks for a pause; false where we may not look.
    package func isPaused() throws(SpoolError) -> Bool {
        do throws(SpoolError) {
            return try root.folder(SpoolFolder.control.rawValue).status(Wish.pause.fileName) != nil
        } catch .missing, .notFolder, .notReadable {
            return false
        }
    }

    /// Counts what lies in the spool.
    ///
    /// Folders we may not list are left out of the counts.
    package func counts() throws(SpoolError) -> SpoolCounts {
        var counts = SpoolCounts()
        for which in SpoolFolder.allCases {
            do throws(SpoolError) {
                try count(which, into: &counts)
            } catch .notReadable {
                counts.unreadable.append(which)
            } catch .missing, .notFolder {
                counts.missing.append(which)
            }
        }
        return counts
    }

    /// Shows the inputs in the drop box to `body`, in no order, without taking them, until it returns false; for a dry
    /// run.
    ///
    /// Files that would not be taken are told to `refused`.
    package func forEachInput(
        limits: InputLimits = InputLimits(),
        owners: Set<UInt32>? = nil,
        refused: (_ name: String, _ fault: InputFault) -> Void = { _, _ in },
        _ body: (TakenFile) throws(SpoolError) -> Bool
    ) throws(SpoolError) {
        let place = TakenFile.Place(
            folder: try root.folder(SpoolFolder.incoming.rawValue),
            origin: .incoming,
            limits: limits
        )
        let listing = try Listing(place.folder)
        while let (verdict, text) = try unsafe listing.next({ unsafe (InputName.classify($0.bytes), $0.text) }) {
            if case .refused(let refusal) = verdict { refused(text, InputFault(reason: .name, detail: refusal.text)) }
            guard case .input(let name) = verdict, let status = try place.folder.status(name.name) else { continue }
            if let fault = InputFault.of(status, limit: limits.bytes(of: name.kind), owners: owners) {
                refused(name.name, fault)
                continue
            }
            let beside = { (name: String) throws(SpoolError) in try place.folder.status(name) != nil }
            guard let file = try TakenFile(found: name.name, status, in: place, beside: beside) else { continue }
            guard try body(file) else { return }
        }
    }

    private func count(_ which: SpoolFolder, into counts: inout SpoolCounts) throws(SpoolError) {
        let folder = try root.folder(which.rawValue)
        switch which {
        case .incoming:
            let listing = try Listing(folder)
            while let name = try unsafe listing.next({ unsafe (InputName.classify($0.bytes), $0.text) }) {
                if case .ignored = name.0 {
                    counts.unfinished += 1
                } else {
                    try tally(folder, name.1, &counts.incoming)
                }
            }
        case .deferred:
            let listing = try Listing(folder)
            while let name = try unsafe listing.next({ unsafe $0.text }) {
                if DeferredName(name) != nil { try tally(folder, name, &counts.deferred) }
            }
        case .failed:
            for reason in FailureReason.allCases where try folder.status(reason.rawValue) != nil {
                let listing = try Listing(try folder.folder(reason.rawValue))
                var count = 0
                while let name = try unsafe listing.next({ unsafe $0.text }) {
                    if !name.hasSuffix(SpoolLayout.reasonEnding) { count += 1 }
                }
                if count > 0 { counts.failed[reason] = count }
            }
        case .active:
            let listing = try Listing(folder)
            while let name = try unsafe listing.next({ unsafe $0.text }) {
                guard try folder.status(name)?.kind == .folder else { continue }
                counts.groups += 1
                let group = try folder.folder(name)
                let files = try Listing(group)
                while let name = try unsafe files.next({ unsafe $0.text }) {
                    if SpoolLayout.isOurs(name) { try tally(group, name, &counts.active) }
                }
            }
        case .staging: try tally(all: folder, &counts.staging)
        case .bundles:
            let listing = try Listing(folder)
            while let name = try unsafe listing.next({ unsafe $0.text }) {
                if name.hasSuffix(".tar") { try tally(folder, name, &counts.bundles) }
            }
        case .control: try tally(all: folder, &counts.control)
        case .results, .acks, .archive: break
        }
    }

    private func tally(all folder: Folder, _ count: inout SpoolCounts.Count) throws(SpoolError) {
        let listing = try Listing(folder)
        while let name = try unsafe listing.next({ unsafe $0.text }) { try tally(folder, name, &count) }
    }

    private func tally(_ folder: Folder, _ name: String, _ count: inout SpoolCounts.Count) throws(SpoolError) {
        guard let status = try folder.status(name) else { return }
        count.add(bytes: status.size, since: status.changedAt)
    }
}
