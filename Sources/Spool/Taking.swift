package import Encoding
import Glibc

/// Taking inputs and giving them back.
extension Spool {
    /// What takes inputs from the drop box.
    ///
    /// `owners` nil allows every submitter whom the folder lets in.
    package func intake(limits: InputLimits = InputLimits(), owners: Set<UInt32>? = nil) -> Intake {
        Intake(self, from: .incoming, limits: limits, owners: owners, isDue: { _, _ in true })
    }

    /// What takes requests that wait for keys, when `isDue` says so of a name and the time it was deferred.
    package func deferredIntake(
        limits: InputLimits = InputLimits(),
        isDue: @escaping (DeferredName, UnixTime) -> Bool = { _, _ in true }
    ) -> Intake {
        Intake(self, from: .deferred, limits: limits, owners: nil, isDue: isDue)
    }

    /// Moves a taken file, with what lies beside it, back to where it came from; the name it has there now.
    ///
    /// The name differs when another file of that name was submitted meanwhile: `.r1` or the like is put behind the
    /// stem. The file goes first, so that a crash leaves only its companion, which recovery puts back too; call it
    /// where nothing is taken at the same time.
    @discardableResult
    package func putBack(_ file: TakenFile) throws(SpoolError) -> String {
        let target = file.deferred == nil ? folders.incoming : folders.deferred
        let companion = file.certificate ?? file.manifest
        for attempt in 0..<(file.deferred == nil ? 1000 : 1) {
            let name = again(file.name, stem: file.stem, attempt)
            let companionName = companion.map { again($0, stem: file.stem, attempt) }
            if let companionName, try target.status(companionName) != nil { continue }
            switch try file.folder.move(file.name, to: target, as: name) {
            case .gone: throw .vanished(path: file.folder.path(file.name))
            case .nameTaken: continue
            case .done:
                if let companion, let companionName,
                    try file.folder.move(companion, to: target, as: companionName) == .nameTaken
                {
                    throw .conflict(path: target.path(companionName))
                }
                return name
            }
        }
        throw .conflict(path: target.path(file.name))
    }

    private func again(_ name: String, stem: String, _ attempt: Int) -> String {
        attempt == 0 ? name : "\(stem).r\(attempt)\(name.dropFirst(stem.count))"
    }

    /// Removes the folder of a group that nothing is left in; false when something is.
    @discardableResult
    package func release(_ group: TakenGroup) throws(SpoolError) -> Bool {
        try forgetStrikes(of: group.folder)
        return try folders.active.removeFolder(group.name)
    }

    /// Makes the folder of a new group.
    func makeGroupFolder(_ origin: TakenGroup.Origin, at now: UnixTime) throws(SpoolError) -> (String, Folder) {
        let process = getpid()
        while true {
            let name = SpoolLayout.group(origin, at: now, process: process, number: nextGroup())
            if try folders.active.makeFolder(name, mode: 0o700) { return (name, try folders.active.folder(name)) }
        }
    }
}
