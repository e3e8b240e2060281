import Ledger
import OpenBanking
import Operations

/// How the requests of one group ended, for metrics; kept with the commit of the group.
struct DecisionCounts {
    private var refusals: [RuleID: Int] = [:]
    /// By certificate, then by outcome.
    private var presented = [Int](repeating: 0, count: PresentedCertificate.allCases.count * Outcome.allCases.count)

    /// Counts a decision; what was decided before a stop is counted already, and has neither rule nor certificate.
    mutating func add(_ decision: Decision) {
        if decision.outcome == .rejected || decision.outcome == .malformed, let rule = decision.rule {
            refusals[rule, default: 0] += 1
        }
        guard let certificate = decision.certificate, let place = Outcome.allCases.firstIndex(of: decision.outcome)
        else {
            return
        }
        presented[certificate.rawValue * Outcome.allCases.count + place] += 1
    }

    /// Adds the numbers to those the ledger keeps.
    func keep(in group: LedgerGroup) {
        var book = CounterBook()
        for (rule, number) in refusals { book.count(.rejections, rule.name, by: number) }
        for certificate in PresentedCertificate.allCases {
            for (place, outcome) in Outcome.allCases.enumerated() {
                let number = presented[certificate.rawValue * Outcome.allCases.count + place]
                book.count(.requestsByCertificate, outcome.rawValue, certificate.word, by: number)
            }
        }
        group.keep(book)
    }
}

extension LedgerGroup {
    /// Adds a book's numbers to those the ledger keeps.
    func keep(_ book: CounterBook) {
        for (name, number) in book.increments { count(name.text, by: number) }
    }
}
