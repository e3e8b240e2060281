package import Encoding

/// Keeping a committed result whose name in `results/` has other bytes: it may be the only copy of a credential.
extension Spool {
    /// Gives a staged result a second name in `failed/conflict/`, with a notice of where it belongs; its path under the
    /// spool, nil when there is none staged.
    ///
    /// The staged name stays until the ledger knows: done again after a stop, this finds its own work. What it did is
    /// durable with the next `synchronize`. The file keeps the mode it had as a result. One thread calls it; others may set
    /// inputs aside meanwhile.
    package func keepApart(
        _ staged: String,
        as name: String,
        day: String,
        at now: UnixTime
    ) throws(SpoolError) -> String? {
        guard SpoolLayout.isOurs(staged) else { throw .badName(staged) }
        guard SpoolLayout.isOurs(name), SpoolLayout.isOurs(day) else { throw .badName("\(day)/\(name)") }
        try completeSettingAside(for: .conflict)
        guard let status = try folders.staging.status(staged) else { return nil }
        let place = SpoolLayout.resultPath(day: day, name: name)
        let fault = InputFault(
            reason: .conflict,
            detail: "committed as \(place), where a file with other bytes was; it did not appear"
        )
        let text = FailureNotice(name: place, fault: fault, folder: .staging, at: now).json(status)
        for attempt in 1..<1000 {
            let newName = attempt == 1 ? name : "\(name)~\(attempt)"
            let way = try SettingAside(self, .conflict, as: newName)
            let path = "\(SpoolFolder.failed.rawValue)/\(way.reason.rawValue)/\(newName)"
            if let there = try way.target.status(newName) {
                if there.inode == status.inode, there.device == status.device { return path }
                continue
            }
            guard try way.begin(text, isDurable: true) else { continue }
            guard try way.linkFile(staged, from: folders.staging) == .done else { continue }
            try way.finish()
            return path
        }
        throw .conflict(path: folders.failed.path(name))
    }

    /// What tells a visible result, unchanged, from any other file of its name; nil when there is none.
    package func resultIdentity(_ name: String, day: String) throws(SpoolError) -> String? {
        guard SpoolLayout.isOurs(name), SpoolLayout.isOurs(day) else { throw .badName("\(day)/\(name)") }
        guard try folders.results.status(day)?.kind == .folder else { return nil }
        return try folders.results.folder(day).status(name)?.identity
    }

    /// Gives a visible result to `body` in pieces, in order, for a digest over all of it; false when there is none.
    package func forEachResultPiece(
        _ name: String,
        day: String,
        _ body: (ByteSlice) -> Void
    ) throws(SpoolError) -> Bool {
        guard SpoolLayout.isOurs(name), SpoolLayout.isOurs(day) else { throw .badName("\(day)/\(name)") }
        guard try folders.results.status(day)?.kind == .folder else { return false }
        let folder = try folders.results.folder(day)
        guard try folder.status(name)?.kind == .regular else { return false }
        try folder.forEachPiece(of: name, body)
        return true
    }
}
