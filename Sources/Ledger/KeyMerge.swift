/// Merges runs of sealed keys into longer ones, with each group a part as large as what the group added asks for.
///
/// A merge begins when a level has runs enough. The run it makes grows in the order of its keys, a few blocks in the
/// transaction of each group, and nobody asks it before it is whole: until then look-ups ask those it is made of. What
/// was written of it is all that says how far it is, so a stop at any moment costs nothing. Those it was made of are
/// spent then, and their blocks are given back as slowly.
struct KeyMerge {
    private let limits: KeyLimits
    private let runs: KeyRunTable

    init(_ runs: KeyRunTable, _ limits: KeyLimits) {
        (self.runs, self.limits) = (runs, limits)
    }

    /// Seals keys of a kind, which are in order, as a run of their own.
    func seal(_ entries: [KeyEntry], _ kind: LedgerKey.Kind) throws(LedgerError) {
        guard !entries.isEmpty else { return }
        let run = try runs.add(kind, level: limits.level(of: entries.count), entries: entries.count, .whole)
        var writer = try KeyRunWriter(run, runs.blocks, runs.filters, block: limits.block)
        for entry in entries { try writer.append(entry) }
        try writer.finish()
        try begin(kind)
    }

    /// Whether there is anything to merge or to give back.
    var hasWork: Bool { LedgerKey.Kind.allCases.contains { runs[$0].contains { $0.state != .whole } } }

    /// Merges about so many keys of each kind, the shortest runs first, and gives back as much of what was merged before.
    func work(_ keys: Int) throws(LedgerError) {
        for kind in LedgerKey.Kind.allCases {
            var left = keys
            while left > 0, let growing = runs[kind].filter({ $0.state == .growing }).min(by: { $0.level < $1.level }) {
                left -= try step(growing, left)
            }
            try giveBack(kind, (keys + limits.block - 1) / limits.block)
        }
    }

    /// Begins the merges for which a level has runs enough, with the oldest of them.
    private func begin(_ kind: LedgerKey.Kind) throws(LedgerError) {
        var level = 1
        while level <= runs[kind].map(\.level).max() ?? 0 {
            let free = runs[kind].filter { $0.level == level && $0.state == .whole && $0.target == nil }
            guard free.count >= limits.fan else {
                level += 1
                continue
            }
            let sources = free.prefix(limits.fan)
            let entries = sources.map(\.entries).reduce(0, +)
            let growing = try runs.add(kind, level: level + 1, entries: entries, .growing)
            for source in sources { try runs.set(source, .whole, target: growing.number) }
        }
    }

    /// Takes a run about so many keys further; returns how many it were.
    private func step(_ growing: KeyRun, _ keys: Int) throws(LedgerError) -> Int {
        var writer = try KeyRunWriter(growing, runs.blocks, runs.filters, block: limits.block)
        let sources = runs[growing.kind].filter { $0.target == growing.number }
        var cursors: [KeyCursor] = []
        for source in sources {
            cursors.append(try KeyCursor(source, from: writer.last.map { $0.fence + 1 } ?? 0, in: runs.blocks))
        }
        while let least = Self.least(cursors), let entry = cursors[least].entry {
            if writer.count >= keys, try writer.ends(before: entry) {
                try writer.rest()
                return writer.count
            }
            try writer.append(entry)
            try cursors[least].advance()
        }
        try writer.finish()
        try runs.set(growing, .whole)
        for source in sources { try runs.set(source, .spent) }
        try begin(growing.kind)
        return max(1, writer.count)
    }

    /// The cursor that stands at the first of all entries.
    private static func least(_ cursors: [KeyCursor]) -> Int? {
        var least: Int?
        var first: KeyEntry?
        for position in cursors.indices {
            guard let entry = cursors[position].entry else { continue }
            if let known = first, known <= entry { continue }
            (least, first) = (position, entry)
        }
        return least
    }

    /// Gives back so many blocks of spent runs, the oldest first, and of their filters as many parts.
    private func giveBack(_ kind: LedgerKey.Kind, _ blocks: Int) throws(LedgerError) {
        var left = blocks
        for run in runs[kind] where run.state == .spent && left > 0 {
            let given = try runs.blocks.remove(of: run, atMost: left)
            let parts = try runs.filters.remove(of: run, atMost: left)
            guard given < left, parts < left else { return }
            left -= given
            try runs.remove(run)
        }
    }
}
