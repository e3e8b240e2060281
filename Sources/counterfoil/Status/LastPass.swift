import Ledger
import OpenBanking
import Pipeline

/// What the last pass did, as the ledger keeps it for `status`: outcomes and milliseconds.
struct LastPass: Equatable {
    var counts = OutcomeCounts()
    var milliseconds: Int64 = 0

    private static let name = "pass_outcomes"

    init(_ tally: PassTally) {
        counts = tally.counts
        milliseconds = tally.milliseconds
    }

    /// Reads what an earlier pass wrote; nil where none did, or another version wrote it in a way of its own.
    init?(_ meta: MetaTable) throws(LedgerError) {
        guard let text = try meta.value(Self.name) else { return nil }
        let numbers = text.split(separator: " ").compactMap { Int64($0) }
        guard numbers.count == Outcome.allCases.count + 1 else { return nil }
        for (outcome, number) in zip(Outcome.allCases, numbers) { counts[outcome] = Int(number) }
        milliseconds = numbers[Outcome.allCases.count]
    }

    func write(to meta: MetaTable) throws(LedgerError) {
        let numbers = Outcome.allCases.map { String(counts[$0]) } + [String(milliseconds)]
        try meta.set(Self.name, numbers.joined(separator: " "))
    }
}
