/// Keys of one kind that were sealed together: in order, in blocks, never changed.
struct KeyRun {
    let number: Int64
    let kind: LedgerKey.Kind
    /// From 1; there is at most one run of a kind and level.
    let level: Int
    /// How many keys it holds.
    var entries = 0
    /// What tells of most keys that they are not in it, once it was read.
    var filter: KeyFilter?

    /// Where its block lies that may hold keys with this fence: blocks of a run lie side by side, in order.
    func place(_ fence: Int64) -> Int64 { number << 40 | fence }

    /// The places of all its blocks.
    var places: ClosedRange<Int64> { place(0)...place(1 << 40 - 1) }
}
