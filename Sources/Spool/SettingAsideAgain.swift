import Encoding

/// Completing what a stop left half set aside.
extension Spool {
    /// Completes every setting aside that was begun, or those for one reason: what was moved gets its companion and its
    /// reason; what was not is where it was, and is judged anew.
    ///
    /// Call it before anything is taken or put back, because a companion left behind would be met by another file, and
    /// for one reason where no other thread sets aside for that.
    func completeSettingAside(for reason: FailureReason? = nil) throws(SpoolError) {
        var entries: [String] = []
        let listing = try Listing(folders.failed)
        while let name = try unsafe listing.next({ unsafe $0.text }) { entries.append(name) }
        for entry in entries.sorted() where reason.map({ entry.hasPrefix(".\($0.rawValue).") }) ?? true {
            if let begun = try SettingAside(self, underway: entry) { try complete(begun) }
        }
    }

    private func complete(_ begun: SettingAside) throws(SpoolError) {
        guard let status = try begun.target.status(begun.name) else {
            try folders.failed.remove(begun.underway)
            return
        }
        if let left = try leftBeside(begun) {
            try begun.moveCompanion(left.name, from: left.folder)
        } else if try !hasNotice(begun) {
            // Only a power cut leaves a notice without its text; when the file was moved, its status still says.
            let fault = InputFault(reason: begun.reason, detail: "found without its reason after a stop")
            let notice = FailureNotice(name: begun.name, fault: fault, folder: nil, at: status.changedAt)
            try folders.failed.remove(begun.underway)
            guard let file = try folders.failed.newFile(begun.underway, mode: 0o600) else { return }
            try file.write(notice.json(status))
        }
        try begun.finish()
    }

    private func hasNotice(_ begun: SettingAside) throws(SpoolError) -> Bool { try notice(begun) != nil }

    private func notice(_ begun: SettingAside) throws(SpoolError) -> JSONDocument? {
        guard let text = try folders.failed.contents(of: begun.underway, into: ByteBuffer()) else { return nil }
        let document = JSONDocument(limits: .record)
        do throws(JSONError) {
            try document.parse(text)
            return document
        } catch {
            return nil
        }
    }

    /// What lay beside the file and still lies where the notice says; nil for another file of that name.
    private func leftBeside(_ begun: SettingAside) throws(SpoolError) -> (name: String, folder: Folder)? {
        guard let document = try notice(begun), let name = document.root["companion"]?.text?.string,
            SpoolLayout.isOurs(name), let identity = document.root["companion_id"]?.text?.string
        else { return nil }
        var folder = folders.incoming
        if let group = document.root["group"]?.text?.string {
            guard SpoolLayout.isOurs(group), try folders.active.status(group)?.kind == .folder else { return nil }
            folder = try folders.active.folder(group)
        }
        return try folder.status(name)?.identity == identity ? (name, folder) : nil
    }
}
