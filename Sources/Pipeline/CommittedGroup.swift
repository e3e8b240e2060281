import Ledger
import OpenBanking
import Spool

/// What the ledger has of a group of files that a stop behind its commit left unfinished.
///
/// What was answered in it is not decided or written again: its consumer may have taken the answer already.
struct CommittedGroup {
    /// The names of its results, without their folders.
    private let results: Set<String>

    /// Reads it by its name; nil where no such group was committed.
    init?(_ name: String, in group: LedgerGroup) throws(LedgerError) {
        guard try group.isCommitted(name) else { return nil }
        let paths = try group.outbox.resultNames(ofGroup: name)
        results = Set(paths.map { path in path.split(separator: "/").last.map { String($0) } ?? path })
    }

    /// How a file of it was answered; nil where it was not.
    func answer(to file: DeferredName) -> Outcome? {
        Outcome.allCases.first { results.contains(file.result(outcome: $0.rawValue)) }
    }
}
