import Ledger
import OpenBanking
import Pipeline
import Rules

/// One request as it was judged: by the rules alone, and by what the ledger knows as well.
struct Judged {
    /// What the rules say, as if it came for the first time.
    let rules: Verdict
    /// What would come of it now.
    let answer: LedgerRehearsal.Answer

    /// The outcome with the ledger asked.
    var outcome: Outcome { answer.verdict.outcome }

    /// The verdict to explain: a repeat is explained as it would be judged, were it new.
    var verdict: Verdict { outcome == .duplicate ? rules : answer.verdict }
}
