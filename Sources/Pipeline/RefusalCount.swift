import Ledger
import OpenBanking
import Operations

/// How many requests each rule refused, kept with the commit of the group that refused them.
extension LedgerGroup {
    /// Counts a decision where it is a refusal; what was decided before a stop has no rule and is counted already.
    func count(refusal decision: Decision) {
        guard decision.outcome == .rejected || decision.outcome == .malformed, let rule = decision.rule else { return }
        count(CounterName(.rejections, [rule.name]).text)
    }
}
