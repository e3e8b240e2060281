import Fetch
import KeyCache

/// What a running pass knows: its sources in order, how they were before, and what became of each.
struct PassBook {
    private(set) var sources: [Source]
    /// The sources that were held before.
    let held: Set<Int64>
    /// Counts content changes; the one before the pass.
    let generation: Int
    var lines: [RefreshLine?]
    /// The positions still to be fetched.
    var open: [Int]
    /// Whether an operator asked for these very sources, due or not.
    let isAsked: Bool
    /// The monotonic millisecond from which nothing more begins; nil for none.
    var beginsUntil: Int64?
    /// How many copies came without the time of their fetch.
    var undated = 0

    /// A book over `chosen`, put in the order of a round.
    init(_ chosen: [Source], held: Set<Int64>, generation: Int, isAsked: Bool = false) {
        sources = chosen.sorted { $0.comesBefore($1) }
        self.held = held
        self.generation = generation
        self.isAsked = isAsked
        lines = Array(repeating: nil, count: chosen.count)
        open = Array(chosen.indices)
    }

    /// Adds sources that became known during the pass; they are open.
    mutating func add(_ more: [Source]) {
        open += sources.count..<(sources.count + more.count)
        sources += more
        lines += Array(repeating: nil, count: more.count)
    }

    /// The requests for some positions; without validators they ask for the body whatever we hold.
    func requests(_ positions: [Int], conditionally: Bool) -> [FetchRequest] {
        positions.map { position in
            let source = sources[position]
            return FetchRequest(
                url: source.url,
                class: source.class == .crl ? .revocationList : .keySet,
                etag: conditionally ? source.etag : nil,
                lastModified: conditionally ? source.lastModified : nil,
                isProven: source.lastSuccess != nil && source.failureCount == 0
            )
        }
    }
}
