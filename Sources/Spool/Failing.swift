package import Encoding
import Glibc

/// Setting files aside that no verdict can be given on.
extension Spool {
    /// Moves a taken file, with what lies beside it, to `failed/<reason>/` and writes why beside it; its path under the
    /// spool.
    @discardableResult
    package func fail(
        _ file: TakenFile,
        _ reason: FailureReason,
        detail: String,
        at now: UnixTime
    ) throws(SpoolError) -> String? {
        let fault = InputFault(reason: reason, detail: detail)
        let notice = FailureNotice(name: file.name, fault: fault, folder: .active, at: now)
        return try unsafe setAside(
            raw: Array(file.name.utf8CString),
            safeName: SpoolLayout.safe(Array(file.name.utf8)),
            companion: file.certificate ?? file.manifest,
            from: file.folder,
            notice
        )
    }

    /// Moves an entry of any name to `failed`; nil when it is gone.
    @unsafe
    func setAside(
        raw name: UnsafePointer<CChar>,
        safeName: String,
        companion: String?,
        from folder: Folder,
        _ notice: FailureNotice
    ) throws(SpoolError) -> String? {
        let reason = notice.fault.reason.rawValue
        let target = try reasons[reason]
        var newName = safeName
        var attempt = 1
        while true {
            switch try unsafe folder.move(raw: name, to: target, as: newName) {
            case .gone: return nil
            case .done:
                try writeReason(notice, of: newName, in: target)
                if let companion { try moveCompanion(companion, of: newName, from: folder, to: target) }
                return "\(SpoolFolder.failed.rawValue)/\(reason)/\(newName)"
            case .nameTaken:
                attempt += 1
                newName = "\(safeName)~\(notice.at)-\(attempt)"
            }
        }
    }

    private func writeReason(_ notice: FailureNotice, of name: String, in folder: Folder) throws(SpoolError) {
        let text = notice.json(try folder.status(name))
        var reasonName = name + SpoolLayout.reasonEnding
        var attempt = 1
        while true {
            if let file = try folder.newFile(reasonName, mode: 0o600) { return try file.write(text) }
            attempt += 1
            reasonName = "\(name)~\(attempt)\(SpoolLayout.reasonEnding)"
        }
    }

    /// Moves what lay beside the file; where its name is taken, it gets that of the file with `~beside`.
    private func moveCompanion(_ companion: String, of name: String, from folder: Folder, to target: Folder)
        throws(SpoolError)
    {
        let move = try folder.move(companion, to: target, as: SpoolLayout.safe(Array(companion.utf8)))
        if move == .nameTaken { _ = try folder.move(companion, to: target, as: "\(name)~beside") }
    }
}
