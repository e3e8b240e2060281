import Encoding
import Glibc

/// One file on its way to `failed/<reason>/`, in steps that the next start can go on with wherever a stop cut them off.
///
/// The notice is written to `failed/` itself first, then the file moves, then what lay beside it, and last the notice
/// takes its place beside the file. The companion never goes before the file, which would be judged without it.
struct SettingAside: Sendable {
    let reason: FailureReason
    /// The name the file gets in `failed/<reason>/`.
    let name: String
    /// `failed`.
    let failed: Folder
    /// `failed/<reason>`.
    let target: Folder

    init(_ spool: Spool, _ reason: FailureReason, as name: String) throws(SpoolError) {
        self.reason = reason
        self.name = name
        failed = spool.folders.failed
        target = try spool.reasons[reason.rawValue]
    }

    /// The one that an entry of `failed/` tells of; nil for any other entry.
    init?(_ spool: Spool, underway entry: String) throws(SpoolError) {
        let parts = entry.split(separator: ".", maxSplits: 1)
        guard entry.utf8.first == UInt8(ascii: "."), parts.count == 2,
            let reason = FailureReason(rawValue: "\(parts[0])")
        else { return nil }
        try self.init(spool, reason, as: "\(parts[1])")
    }

    /// The name of the notice in `failed/` until all else is done.
    var underway: String { ".\(reason.rawValue).\(name)" }

    /// Writes the notice, durably where `isDurable`; false when the file cannot have this name.
    func begin(_ notice: ByteSlice, isDurable: Bool) throws(SpoolError) -> Bool {
        guard try target.status(name) == nil, let file = try failed.newFile(underway, mode: 0o600) else { return false }
        do throws(SpoolError) {
            try file.write(notice)
            if isDurable { try file.synchronize() }
        } catch {
            abandon()
            throw error
        }
        return true
    }

    /// Moves the file; where it stays, there is no notice any more.
    @unsafe
    func moveFile(raw source: UnsafePointer<CChar>, from folder: Folder) throws(SpoolError) -> Folder.Move {
        try placing { () throws(SpoolError) in try unsafe folder.move(raw: source, to: target, as: name) }
    }

    /// Gives the file its name here beside the one it has; where that did not happen, there is no notice any more.
    func linkFile(_ source: String, from folder: Folder) throws(SpoolError) -> Folder.Move {
        try placing { () throws(SpoolError) in try folder.link(source, to: target, as: name) }
    }

    private func placing(_ place: () throws(SpoolError) -> Folder.Move) throws(SpoolError) -> Folder.Move {
        do throws(SpoolError) {
            let move = try place()
            if move != .done { abandon() }
            return move
        } catch {
            // A disk may fail after it did what it was asked to.
            let isThere = try? target.status(name) != nil
            if isThere == false { abandon() }
            throw error
        }
    }

    /// Moves what lay beside the file; where its name is taken, it gets that of the file with `~beside`.
    func moveCompanion(_ companion: String, from folder: Folder) throws(SpoolError) {
        let move = try folder.move(companion, to: target, as: SpoolLayout.safe(Array(companion.utf8)))
        if move == .nameTaken { _ = try folder.move(companion, to: target, as: "\(name)~beside") }
    }

    /// Gives the notice its place beside the file.
    func finish() throws(SpoolError) {
        var reasonName = name + SpoolLayout.reasonEnding
        var attempt = 1
        while try failed.move(underway, to: target, as: reasonName) == .nameTaken {
            attempt += 1
            reasonName = "\(name)~\(attempt)\(SpoolLayout.reasonEnding)"
        }
    }

    /// Takes the notice back; where even this fails, the next start does it.
    private func abandon() { _ = try? failed.remove(underway) }
}
