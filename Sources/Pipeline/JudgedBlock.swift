import Spool

/// Some lines of a batch with the workers' judgements of them, in memory that is reused every other block.
final class JudgedBlock {
    let block = BulkBlock()
    let table: JudgementTable
    /// The byte of the file behind the last line.
    var end: Int64 = 0
    /// How long reading and judging took.
    var milliseconds: Int64 = 0

    init(capacity: Int) { table = JudgementTable(capacity: capacity) }
}
