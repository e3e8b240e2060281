package import Encoding
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
    /// A stop in between leaves files in the old group and in new ones, and each is found again.
    package func split(_ group: TakenGroup, at now: UnixTime) throws(SpoolError) -> [TakenGroup] {
        var parts: [TakenGroup] = []
        for file in group.files {
            let (name, folder) = try makeGroupFolder(group.origin, at: now)
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

    /// Removes the strikes from a group's folder.
    func forgetStrikes(of folder: Folder) throws(SpoolError) {
        for number in 1...Self.strikeLimit { try folder.remove(Self.strikeName(number)) }
    }

    private static func strikeName(_ number: Int) -> String { ".strike-\(number)" }
}
