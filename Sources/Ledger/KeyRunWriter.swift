/// Writes keys in their order as the blocks and the filter of one run.
///
/// It goes on behind what was written of the run before, and may stop wherever a block ends: what it has written then,
/// and nothing in memory, is where the next one begins.
struct KeyRunWriter {
    private let run: KeyRun
    private let blocks: KeyBlockTable
    private let filters: KeyFilterTable
    private let limit: Int
    private var block: [KeyEntry] = []
    /// The last entry written or in hand.
    private(set) var last: KeyEntry?
    /// How many keys it has taken.
    private(set) var count = 0
    /// The words of the whole filter.
    private let words: Int
    /// The part of the filter in hand.
    private var part: [UInt64]
    private var number: Int

    /// Words to a part of a filter: with its sum it fits a page of the database.
    private static let partWords = 504

    /// Goes on with a run; a block ends with the first fence behind so many keys.
    init(
        _ run: KeyRun,
        _ blocks: KeyBlockTable,
        _ filters: KeyFilterTable,
        block limit: Int
    ) throws(LedgerError) {
        (self.run, self.blocks, self.filters, self.limit) = (run, blocks, filters, limit)
        last = try blocks.last(of: run)?.entries.last
        words = KeyFilter.words(for: run.entries)
        if let known = try filters.last(of: run) {
            (number, part) = (known.part, known.words)
            guard part.count == room else { throw .corrupt("a filter of keys") }
        } else {
            (number, part) = (0, [])
            part = [UInt64](repeating: 0, count: room)
        }
        block.reserveCapacity(limit)
    }

    /// Whether a block ends before `entry`, so that it may stop here; a full one is written then.
    mutating func ends(before entry: KeyEntry) throws(LedgerError) -> Bool {
        if block.count >= limit, entry.fence != last?.fence { try writeBlock() }
        return block.isEmpty
    }

    /// Takes the next key; the same once more is passed over.
    mutating func append(_ entry: KeyEntry) throws(LedgerError) {
        guard entry != last else { return }
        _ = try ends(before: entry)
        block.append(entry)
        last = entry
        count += 1
        let mark = KeyFilter.Mark(entry.word)
        let start = mark.start(among: words)
        while start >= (number + 1) * Self.partWords { try turn() }
        mark.set(in: &part, at: start - number * Self.partWords)
    }

    /// Stops where a block ends.
    mutating func rest() throws(LedgerError) { try filters.put(part, as: number, of: run) }

    /// Writes what is left; the run is whole then.
    mutating func finish() throws(LedgerError) {
        try writeBlock()
        while (number + 1) * Self.partWords < words { try turn() }
        try rest()
    }

    /// How many words the part in hand has.
    private var room: Int { min(Self.partWords, words - number * Self.partWords) }

    private mutating func turn() throws(LedgerError) {
        try rest()
        number += 1
        part = [UInt64](repeating: 0, count: room)
    }

    private mutating func writeBlock() throws(LedgerError) {
        try blocks.add(block, to: run)
        block.removeAll(keepingCapacity: true)
    }
}
