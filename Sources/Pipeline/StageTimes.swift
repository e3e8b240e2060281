import Ledger
import Operations

/// How long the stages of groups took, until enough of it is there to be kept.
///
/// A group's own transaction cannot tell how long it takes: what is noted here goes along with a later one, at the
/// latest with the one that ends the pass.
struct StageTimes {
    private var book = CounterBook()
    private var notes = 0

    /// How many notes go into one write.
    static let limit = 100

    /// Notes how long a stage of a group took.
    mutating func note(_ stage: WorkStage, _ milliseconds: Int64) {
        book.observe(.stageDuration, stage.rawValue, milliseconds: milliseconds)
        notes += 1
    }

    /// Adds what was noted to the numbers the ledger keeps, where it is much or the last of a pass.
    mutating func keep(in group: LedgerGroup, isLast: Bool) {
        guard isLast || notes >= Self.limit else { return }
        group.keep(book)
        self = StageTimes()
    }
}
