import Encoding

/// The results of one day as units: a single's result, or a batch's results with their summary and acknowledgement.
///
/// A consumer's mark is a file of the result's own name in the day's folder of `acks`.
struct ResultUnits {
    let bin: RetentionBin

    private static let batchEndings = [".results.ndjson", ".ack.json", ".summary.json"]

    /// The summary that stands for a part of a batch's answer; nil for any other name.
    static func summary(of name: String) -> String? {
        batchEndings.first { name.hasSuffix($0) }.map { "\(name.dropLast($0.count)).summary.json" }
    }

    func forEach(_ body: (RetentionUnit) throws(SpoolError) -> Bool) throws(SpoolError) {
        let marks = try marks()
        let listing = try Listing(bin.folder)
        while let name = try unsafe listing.next({ unsafe $0.text }) {
            guard let unit = try unit(name, marks), try !body(unit) else { continue }
            return
        }
        // A mark whose result is gone.
        for name in marks where try bin.folder.status(name) == nil {
            guard try body(try made([], named: name, marks: [name], isConsumed: true)) else { return }
        }
    }

    private func marks() throws(SpoolError) -> Set<String> {
        guard let folder = bin.marks else { return [] }
        var marks: Set<String> = []
        let listing = try Listing(folder)
        while let name = try unsafe listing.next({ unsafe $0.text }) {
            if SpoolLayout.isOurs(name) { marks.insert(name) }
        }
        return marks
    }

    /// The unit a name stands for; nil for a part of a batch that its summary stands for.
    private func unit(_ name: String, _ marks: Set<String>) throws(SpoolError) -> RetentionUnit? {
        guard let summary = Self.summary(of: name) else {
            return try made([name], named: name, marks: [name], isConsumed: marks.contains(name))
        }
        if name != summary, try bin.folder.status(summary) != nil { return nil }
        let stem = summary.dropLast(".summary.json".count)
        // The summary comes last, so that who took it had all; without one, each part must have been taken.
        let names = name == summary ? Self.batchEndings.map { "\(stem)\($0)" } : [name]
        return try made(names, named: name, marks: names, isConsumed: marks.contains(name))
    }

    private func made(
        _ names: [String],
        named name: String,
        marks: [String],
        isConsumed: Bool
    ) throws(SpoolError) -> RetentionUnit {
        var unit = RetentionUnit(path: bin.path(name), since: bin.day ?? 0, names: [])
        for name in names {
            guard let status = try bin.folder.status(name) else { continue }
            unit.amount.add(status)
            unit.names.append(name)
        }
        for name in marks {
            guard let status = try bin.marks?.status(name), status.kind == .regular else { continue }
            unit.amount.add(status)
            unit.marks.append(name)
        }
        unit.isConsumed = isConsumed
        return unit
    }
}
