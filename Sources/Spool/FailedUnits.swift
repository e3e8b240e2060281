import Encoding

/// Files set aside for one reason as units: the file, what lay beside it, and the notice that says why.
///
/// The file goes first: one without its certificate would be judged differently when it is put back.
struct FailedUnits {
    let bin: RetentionBin

    func forEach(_ body: (RetentionUnit) throws(SpoolError) -> Bool) throws(SpoolError) {
        let listing = try Listing(bin.folder)
        while let name = try unsafe listing.next({ unsafe $0.text }) {
            guard let unit = try unit(name) else { continue }
            guard try body(unit) else { return }
        }
    }

    /// The unit a name stands for; nil for what belongs to another name's.
    private func unit(_ name: String) throws(SpoolError) -> RetentionUnit? {
        guard let status = try bin.folder.status(name), status.kind != .folder else { return nil }
        if name.hasSuffix(SpoolLayout.reasonEnding) {
            guard try bin.folder.status(String(name.dropLast(SpoolLayout.reasonEnding.count))) == nil else {
                return nil
            }
        } else if try hasOwner(name) {
            return nil
        }
        var unit = RetentionUnit(path: bin.path(name), since: status.changedAt, names: [])
        // A result that did not appear is one that nobody took.
        unit.isConsumed = bin.name != FailureReason.conflict.rawValue || name.hasSuffix(SpoolLayout.reasonEnding)
        for part in [name] + Self.companions(of: name) + [name + SpoolLayout.reasonEnding] {
            guard let status = try bin.folder.status(part), status.kind != .folder else { continue }
            unit.names.append(part)
            unit.amount.add(status)
        }
        return unit
    }

    /// Whether the file lay beside another one that is here too.
    private func hasOwner(_ name: String) throws(SpoolError) -> Bool {
        if name.hasSuffix(Self.beside) { return try bin.folder.status(String(name.dropLast(Self.beside.count))) != nil }
        guard try bin.folder.status(name + SpoolLayout.reasonEnding) == nil,
            case .input(let input) = InputName.classify(name)
        else { return false }
        for principal in input.principals where try bin.folder.status(principal) != nil { return true }
        return false
    }

    /// What an entry that came from the drop box is called when its companion's own name was taken.
    static let beside = "~beside"

    /// The names what lay beside a file may have here.
    static func companions(of name: String) -> [String] {
        var names = [name + beside]
        if case .input(let input) = InputName.classify(name), let companion = input.companion {
            names.append(companion)
        }
        return names
    }
}
