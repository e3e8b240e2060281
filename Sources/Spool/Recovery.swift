import Glibc

/// What a process finds of the one before it.
extension Spool {
    /// The groups that were being worked on when the last owner ended, oldest first.
    ///
    /// The work is in proportion to what was in flight, not to the queue. A certificate or manifest whose request is
    /// not in its group goes back to the drop box; a group with nothing in it is removed. What was being set aside is
    /// completed first, so that a companion follows its file instead.
    package func recoverableGroups(limits: InputLimits = InputLimits()) throws(SpoolError) -> [TakenGroup] {
        try completeSettingAside()
        var names: [String] = []
        let listing = try Listing(folders.active)
        while let name = try unsafe listing.next({ unsafe $0.text }) {
            if SpoolLayout.isOurs(name), try folders.active.status(name)?.kind == .folder { names.append(name) }
        }
        try completeSplits(names)
        var groups: [TakenGroup] = []
        for name in names.sorted(by: SpoolLayout.isEarlier) {
            if let group = try groupFound(in: name, limits: limits) { groups.append(group) }
        }
        return groups
    }

    /// The group whose files lie in a folder of `active`, one batch or others; nil where there are none.
    func groupFound(in group: String, limits: InputLimits) throws(SpoolError) -> TakenGroup? {
        let folder = try folders.active.folder(group)
        let origin: TakenGroup.Origin = group.hasPrefix(TakenGroup.Origin.deferred.rawValue) ? .deferred : .incoming
        var contents: [String: FileStatus] = [:]
        let listing = try Listing(folder)
        while let name = try unsafe listing.next({ unsafe $0.text }) {
            if SpoolLayout.isOurs(name), let status = try folder.status(name) { contents[name] = status }
        }
        var companions = Set<String>()
        var files: [TakenFile] = []
        for (name, status) in contents.sorted(by: { $0.key < $1.key }) {
            let place = TakenFile.Place(folder: folder, origin: origin, limits: limits)
            guard let file = try TakenFile(found: name, status, in: place, beside: { contents[$0] != nil }) else {
                continue
            }
            if let companion = file.certificate ?? file.manifest { companions.insert(companion) }
            files.append(file)
        }
        let taken = Set(files.map(\.name)).union(companions)
        for name in contents.keys where !taken.contains(name) {
            let target = origin == .incoming ? folders.incoming : folders.deferred
            _ = try folder.move(name, to: target, as: name)
        }
        // A batch is a group of its own; beside others, where a hand put it, one of them would be archived unanswered.
        if files.count > 1 {
            for batch in files where batch.kind == .bulk { try putBack(batch) }
            files.removeAll { $0.kind == .bulk }
        }
        guard !files.isEmpty else {
            try forgetStrikes(of: folder)
            try folders.active.removeFolder(group)
            return nil
        }
        return TakenGroup(name: group, origin: origin, files: files, folder: folder)
    }
}
