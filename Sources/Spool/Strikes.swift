import Glibc

/// Counting how often a group was begun and not finished, and taking it apart, so that a file that ends the process
/// harms no other for long.
///
/// A strike is an empty file in the group's folder; it goes when the group does. Reading and judging is where a file
/// can do harm, and takes no time; behind that, a process that ends was more likely killed, or its machine lost power,
/// so that many more of those strikes are needed.
extension Spool {
    /// The ends of the process while it judged a file alone that set the file aside.
    package static let strikeLimit = 2
    /// The ends behind that which do.
    package static let lateStrikeLimit = 12

    /// How often a group was begun by recovery before.
    package enum Begun {
        case never, before
        /// As often as its file may be, if it is alone; how often that was.
        case tooOften(Int)
    }

    /// Writes down, durably, that recovery begins a group once more; how often it had begun it before.
    ///
    /// `line` is where it begins with a batch: each place counts for itself.
    package func strike(_ group: TakenGroup, at line: Int? = nil) throws(SpoolError) -> Begun {
        let names = StrikeNames(line)
        let early = try strikes(names.early, Self.strikeLimit, in: group.folder)
        let late = try strikes(names.late, Self.lateStrikeLimit, in: group.folder)
        guard early < Self.strikeLimit, late < Self.lateStrikeLimit else { return .tooOften(early + late) }
        _ = try group.folder.newFile(Self.strikeName(names.early, early + 1), mode: 0o600)
        try group.folder.synchronize()
        return early + late == 0 ? .never : .before
    }

    /// Notes that the files of a group were judged and the process lives: from here on its end counts less.
    ///
    /// It is durable with the results, which are synced before the commit.
    package func noteJudged(_ group: TakenGroup, at line: Int? = nil) throws(SpoolError) {
        let names = StrikeNames(line)
        let early = try strikes(names.early, Self.strikeLimit, in: group.folder)
        let late = try strikes(names.late, Self.lateStrikeLimit, in: group.folder)
        guard early > 0, late < Self.lateStrikeLimit else { return }
        let (old, new) = (Self.strikeName(names.early, early), Self.strikeName(names.late, late + 1))
        _ = try group.folder.move(old, to: group.folder, as: new)
    }

    /// Takes back the last strike: the process did not end by the group's fault, for it can still say so.
    package func forgive(_ group: TakenGroup, at line: Int? = nil, isJudged: Bool) throws(SpoolError) {
        let names = StrikeNames(line)
        let (kind, limit) = isJudged ? (names.late, Self.lateStrikeLimit) : (names.early, Self.strikeLimit)
        let last = try strikes(kind, limit, in: group.folder)
        if last > 0 { try group.folder.remove(Self.strikeName(kind, last)) }
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
        let names = StrikeNames(nil)
        for (kind, limit) in [(names.early, Self.strikeLimit), (names.late, Self.lateStrikeLimit)] {
            for number in 1...limit where try !folder.remove(Self.strikeName(kind, number)) { break }
        }
    }

    /// Removes all strikes of a batch but those where it begins with `line`; nil leaves none.
    package func forgetStrikes(of group: TakenGroup, but line: Int?) throws(SpoolError) {
        let kept = StrikeNames(line)
        var names: [String] = []
        let listing = try Listing(group.folder)
        while let name = try unsafe listing.next({ unsafe $0.text }) { names.append(name) }
        for name in names where name.hasPrefix(".") {
            let kind = String(name.dropFirst().prefix { $0 != "-" })
            if line != nil, kind == kept.early || kind == kept.late { continue }
            if StrikeNames.isKind(kind) { try group.folder.remove(name) }
        }
    }

    /// How many strikes of a kind there are, at most `limit`.
    private func strikes(_ kind: String, _ limit: Int, in folder: Folder) throws(SpoolError) -> Int {
        for number in 1...limit where try folder.status(Self.strikeName(kind, number)) == nil { return number - 1 }
        return limit
    }

    private static func strikeName(_ kind: String, _ number: Int) -> String { ".\(kind)-\(number)" }
}
