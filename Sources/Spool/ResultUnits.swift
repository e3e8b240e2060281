import Encoding

/// The results of one day as units: a single's result, or a batch's results with their summary and acknowledgement.
struct ResultUnits {
    let bin: RetentionBin

    /// The ending of the mark a consumer leaves beside what it took.
    static let mark = ".acked"

    private static let batchEndings = [".results.ndjson", ".ack.json", ".summary.json"]

    func forEach(_ body: (RetentionUnit) throws(SpoolError) -> Bool) throws(SpoolError) {
        let marks = try marks()
        let listing = try Listing(bin.folder)
        while let name = try unsafe listing.next({ unsafe $0.text }) {
            guard !name.hasSuffix(Self.mark), let unit = try unit(name, marks), try !body(unit) else { continue }
            return
        }
        // A mark whose result is gone.
        for name in marks where try bin.folder.status(name) == nil {
            guard try body(try made([name + Self.mark], named: name, isConsumed: true)) else { return }
        }
    }

    private func marks() throws(SpoolError) -> Set<String> {
        var marks: Set<String> = []
        let listing = try Listing(bin.folder)
        while let name = try unsafe listing.next({ unsafe $0.text }) {
            if name.hasSuffix(Self.mark) { marks.insert(String(name.dropLast(Self.mark.count))) }
        }
        return marks
    }

    /// The unit a name stands for; nil for a part of a batch that its summary stands for.
    private func unit(_ name: String, _ marks: Set<String>) throws(SpoolError) -> RetentionUnit? {
        guard let ending = Self.batchEndings.first(where: { name.hasSuffix($0) }) else {
            return try made([name, name + Self.mark], named: name, isConsumed: marks.contains(name))
        }
        let stem = name.dropLast(ending.count)
        let summary = "\(stem).summary.json"
        if name != summary, try bin.folder.status(summary) != nil { return nil }
        let parts = Self.batchEndings.map { "\(stem)\($0)" }
        // The summary comes last, so that who took it had all; without one, each part must have been taken.
        let isConsumed = name == summary ? marks.contains(summary) : marks.contains(name)
        let names = name == summary ? parts.flatMap { [$0, $0 + Self.mark] } : [name, name + Self.mark]
        return try made(names, named: name, isConsumed: isConsumed)
    }

    private func made(_ names: [String], named name: String, isConsumed: Bool) throws(SpoolError) -> RetentionUnit {
        var unit = RetentionUnit(path: bin.path(name), since: bin.day ?? 0, names: [])
        for name in names {
            guard let status = try bin.folder.status(name) else { continue }
            unit.amount.add(status)
            unit.names.append(name)
        }
        unit.isConsumed = isConsumed
        return unit
    }
}
