/// One sealed key: the first eight bytes of its digest, and the number of the row that has it.
///
/// Entries of one digest's start lie side by side; which row is meant is seen in the rows.
struct KeyEntry: Comparable {
    let word: UInt64
    let number: UInt32

    static func < (one: KeyEntry, other: KeyEntry) -> Bool {
        one.word == other.word ? one.number < other.number : one.word < other.word
    }

    /// The part of the word that blocks are found by; entries that share it are never in two blocks.
    var fence: Int64 { Int64(word >> 24) }

    /// The numbers that fit: at 2 kB a request the database would have 8 TB.
    static func number(_ row: Int64) throws(LedgerError) -> UInt32 {
        guard let number = UInt32(exactly: row) else { throw .misuse("row \(row) is beyond what a ledger may hold") }
        return number
    }
}
