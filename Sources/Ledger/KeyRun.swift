/// Keys of one kind that were sealed or merged together: in order, in blocks, never changed once it is whole.
struct KeyRun {
    /// What a run is there for; the numbers are for good.
    enum State: Int64 {
        /// Look-ups ask it.
        case whole = 0
        /// It is being merged out of others, which are asked until it is whole.
        case growing = 1
        /// It was merged into another, and its blocks are being given back.
        case spent = 2
    }

    let number: Int64
    let kind: LedgerKey.Kind
    /// From 1: a run is merged out of some of the level before.
    let level: Int
    /// How many keys it holds once it is whole, one that was sealed twice counted twice.
    let entries: Int
    var state = State.whole
    /// The growing run that this one is merged into.
    var target: Int64?
    /// What tells of most keys that they are not in it, once it was read.
    var filter: KeyFilter?

    /// Where its block lies that may hold keys with this fence: blocks of a run lie side by side, in order.
    func place(_ fence: Int64) -> Int64 { number << 40 | fence }

    /// The places of all its blocks.
    var places: ClosedRange<Int64> { place(0)...place(1 << 40 - 1) }
}
