/// Goes through the keys of a run in their order, a block at a time.
struct KeyCursor {
    private let blocks: KeyBlockTable
    private let run: KeyRun
    private var entries: [KeyEntry] = []
    private var position = 0
    private var place: Int64

    /// The entry it stands at; nil behind the last.
    private(set) var entry: KeyEntry?

    /// Stands at the first entry of a run with this fence or a later one, which may be one behind the last there is.
    init(_ run: KeyRun, from fence: Int64, in blocks: KeyBlockTable) throws(LedgerError) {
        self.run = run
        self.blocks = blocks
        place = run.places.lowerBound - 1
        if let block = try blocks.last(of: run, through: fence) {
            (place, entries) = (block.place, block.entries)
            position = entries.firstIndex { $0.fence >= fence } ?? entries.count
        }
        try look()
    }

    mutating func advance() throws(LedgerError) {
        position += 1
        try look()
    }

    private mutating func look() throws(LedgerError) {
        if position >= entries.count, let block = try blocks.next(of: run, after: place) {
            (place, entries) = (block.place, block.entries)
            position = 0
        }
        entry = position < entries.count ? entries[position] : nil
    }
}
