/// Goes through the keys of a run in their order, a block at a time.
struct KeyCursor {
    private let next: (Int64) throws(LedgerError) -> (place: Int64, entries: [KeyEntry])?
    private var entries: [KeyEntry] = []
    private var position = 0
    private var place: Int64

    /// The entry it stands at; nil behind the last.
    private(set) var entry: KeyEntry?

    /// Stands at the first of `entries`, which are in order.
    init(_ entries: [KeyEntry]) {
        self.entries = entries
        place = 0
        entry = entries.first
        next = { _ in nil }
    }

    /// Stands at the first entry of the first block at `place` or behind it, as `next` lends blocks behind a place.
    init(
        from place: Int64,
        _ next: @escaping (Int64) throws(LedgerError) -> (place: Int64, entries: [KeyEntry])?
    ) throws(LedgerError) {
        self.next = next
        self.place = place - 1
        try load()
    }

    mutating func advance() throws(LedgerError) {
        position += 1
        if position < entries.count { entry = entries[position] } else { try load() }
    }

    private mutating func load() throws(LedgerError) {
        position = 0
        guard let block = try next(place) else {
            (entries, entry) = ([], nil)
            return
        }
        (place, entries) = (block.place, block.entries)
        entry = entries.first
    }
}
