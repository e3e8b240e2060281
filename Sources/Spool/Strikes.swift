import Glibc

/// Counting how often a group was begun and not finished, and taking it apart, so that a file that ends the process
/// harms no other for long.
///
/// A strike is an empty file in the group's folder; it goes when the group does.
extension Spool {
    /// The most strikes that are counted.
    package static let strikeLimit = 2

    /// Writes down, durably, that recovery begins a group once more; the number of times it had begun it before, at
    /// most ``strikeLimit``.
    package func strike(_ group: TakenGroup) throws(SpoolError) -> Int {
        for number in 1...Self.strikeLimit where try group.folder.newFile(Self.strikeName(number), mode: 0o600) != nil {
            try group.folder.synchronize()
            return number - 1
        }
        return Self.strikeLimit
    }

    /// Takes back the last strike: the process did not end by the group's fault, for it can still say so.
    package func forgive(_ group: TakenGroup) throws(SpoolError) {
        for number in (1...Self.strikeLimit).reversed() where try group.folder.remove(Self.strikeName(number)) {
            return
        }
    }

    /// Gives every file of a group a group of its own, in the order of their names; the emptied group is removed.
    ///
    /// What lies beside a file goes first. A stop in between leaves it in a part without its file, and recovery, which
    /// sees by the part's name where the file is, puts it back: no request is ever judged without it.
    package func split(_ group: TakenGroup) throws(SpoolError) -> [TakenGroup] {
        var parts: [TakenGroup] = []
        for file in group.files {
            let name = SpoolLayout.part(of: group.name, process: getpid(), number: nextGroup())
            guard try folders.active.makeFolder(name, mode: 0o700) else {
                throw .conflict(path: folders.active.path(name))
            }
            let folder = try folders.active.folder(name)
            if let companion = file.certificate ?? file.manifest {
                _ = try group.folder.move(companion, to: folder, as: companion)
            }
            guard try group.folder.move(file.name, to: folder, as: file.name) == .done else {
                throw .vanished(path: group.folder.path(file.name))
            }
            parts.append(TakenGroup(name: name, origin: group.origin, files: [file.moved(to: folder)], folder: folder))
        }
        try forgetStrikes(of: group.folder)
        try folders.active.removeFolder(group.name)
        return parts
    }

    /// Puts back what a stop within `split` left in a part ahead of its file; call it before any group is judged.
    func completeSplits(_ groups: [String]) throws(SpoolError) {
        for name in groups {
            guard let whole = SpoolLayout.whole(ofPart: name), groups.contains(whole) else { continue }
            let (part, group) = (try folders.active.folder(name), try folders.active.folder(whole))
            var names: [String] = []
            let listing = try Listing(part)
            while let entry = try unsafe listing.next({ unsafe $0.text }) { names.append(entry) }
            guard !names.contains(where: Self.isRequest) else { continue }
            for entry in names where SpoolLayout.isOurs(entry) {
                _ = try part.move(entry, to: group, as: entry)
            }
        }
    }

    private static func isRequest(_ name: String) -> Bool {
        if DeferredName(name) != nil { return true }
        guard case .input(let input) = InputName.classify(name) else { return false }
        return input.kind != .certificate && input.kind != .manifest
    }

    /// Removes the strikes from a group's folder.
    func forgetStrikes(of folder: Folder) throws(SpoolError) {
        for number in 1...Self.strikeLimit { try folder.remove(Self.strikeName(number)) }
    }

    private static func strikeName(_ number: Int) -> String { ".strike-\(number)" }
}
