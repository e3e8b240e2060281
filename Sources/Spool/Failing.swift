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
    ///
    /// `notice` says of the entry's companion what is found here.
    @unsafe
    func setAside(
        raw name: UnsafePointer<CChar>,
        safeName: String,
        companion: String?,
        from folder: Folder,
        _ notice: FailureNotice
    ) throws(SpoolError) -> String? {
        guard let status = try unsafe folder.status(raw: name) else { return nil }
        let reason = notice.fault.reason
        var notice = notice
        if let companion, let beside = try folder.status(companion) {
            notice.companion = (companion, beside.identity)
            if notice.folder == .active { notice.group = folder.path.split(separator: "/").last.map(String.init) }
        }
        let text = notice.json(status)
        var attempt = 1
        while true {
            let newName = attempt == 1 ? safeName : "\(safeName)~\(notice.at)-\(attempt)"
            let way = try SettingAside(self, reason, as: newName)
            attempt += 1
            guard try way.begin(text, isDurable: notice.companion != nil) else { continue }
            switch try unsafe way.moveFile(raw: name, from: folder) {
            case .gone: return nil
            case .nameTaken: continue
            case .done:
                if let companion = notice.companion { try way.moveCompanion(companion.name, from: folder) }
                try way.finish()
                return "\(SpoolFolder.failed.rawValue)/\(reason.rawValue)/\(newName)"
            }
        }
    }
}
