package import Encoding
import Glibc

/// What lies in `active` and is in no group: only somebody's hand can have put it there.
extension Spool {
    /// Gives inputs back to the drop box, where they are taken like any other, and sets the rest aside; what was set aside.
    ///
    /// Call it once `groups` were found and before anything is taken. A name that is taken in the drop box is numbered, as
    /// by `putBack`.
    package func clearActive(
        but groups: [TakenGroup],
        limits: InputLimits = InputLimits(),
        at now: UnixTime
    ) throws(SpoolError) -> [Take.SetAside] {
        try giveBackInputs(limits)
        let kept = Set(groups.map(\.name))
        var aside: [Take.SetAside] = []
        let listing = try Listing(folders.active)
        while let name = try unsafe listing.next({ (entry) throws(SpoolError) -> String in
            let name = unsafe entry.text
            let isFolder = try unsafe folders.active.status(raw: entry.name)?.kind == .folder
            if !kept.contains(name), !(isFolder && SpoolLayout.isOurs(name)) {
                try unsafe setAside(stray: entry, isFolder, from: folders.active, &aside, at: now)
            }
            return name
        }) {
            // Recovery removed the folders of groups that nothing was left in.
            guard !kept.contains(name), SpoolLayout.isOurs(name), try folders.active.status(name) != nil else {
                continue
            }
            try clear(name, &aside, at: now)
        }
        return aside
    }

    /// Requests and batches go with what lies beside them, then what lies beside none.
    private func giveBackInputs(_ limits: InputLimits) throws(SpoolError) {
        let place = TakenFile.Place(folder: folders.active, origin: .incoming, limits: limits)
        var inputs: [String: FileStatus] = [:]
        let listing = try Listing(folders.active)
        while let name = try unsafe listing.next({ unsafe $0.text }) {
            guard case .input = InputName.classify(name), let status = try folders.active.status(name),
                status.kind != .folder
            else { continue }
            inputs[name] = status
        }
        for (name, status) in inputs.sorted(by: { $0.key < $1.key }) {
            let file = try TakenFile(found: name, status, in: place, beside: { inputs[$0] != nil })
            if let file { try putBack(file) }
        }
        for name in inputs.keys { _ = try folders.active.move(name, to: folders.incoming, as: name) }
    }

    /// Sets aside what is left in the folder of a group without files, and removes it.
    private func clear(_ group: String, _ aside: inout [Take.SetAside], at now: UnixTime) throws(SpoolError) {
        let folder = try folders.active.folder(group)
        let listing = try Listing(folder)
        while true {
            let more: Void? = try unsafe listing.next { (entry) throws(SpoolError) in
                let isFolder = try unsafe folder.status(raw: entry.name)?.kind == .folder
                try unsafe setAside(stray: entry, isFolder, from: folder, &aside, at: now)
            }
            if more == nil { break }
        }
        try folders.active.removeFolder(group)
    }

    private func setAside(
        stray entry: Listing.Entry,
        _ isFolder: Bool,
        from folder: Folder,
        _ aside: inout [Take.SetAside],
        at now: UnixTime
    ) throws(SpoolError) {
        let text = unsafe entry.text
        let fault =
            isFolder
            ? InputFault(reason: .type, detail: "a folder, found in active/, that is none of ours")
            : InputFault(reason: .name, detail: "found in active/, and cannot go to incoming/ under this name")
        let notice = FailureNotice(name: text, fault: fault, folder: .active, at: now)
        let path = unsafe try setAside(
            raw: entry.name,
            safeName: SpoolLayout.safe(Array(entry.bytes)),
            companion: nil,
            from: folder,
            notice
        )
        guard let path else { return }
        aside.append(Take.SetAside(name: text, reason: fault.reason, detail: fault.detail, path: path))
    }
}
