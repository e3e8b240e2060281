import Fetch
import KeyCache
import Operations

/// What a round adds to the counters of fetches.
enum RefreshCounts {
    /// The counts of what became of sources; what was not tried is left out.
    static func book(_ lines: [RefreshLine]) -> CounterBook {
        var book = CounterBook()
        for line in lines where line.outcome != .left && line.outcome != .skipped {
            let name = line.class.rawValue
            book.count(.refreshes, name, line.outcome.rawValue)
            book.observe(.refreshDuration, name, milliseconds: Int64(line.milliseconds))
            if line.outcome.isFailure, let code = line.code { book.count(.refreshFailures, family(code)) }
        }
        return book
    }

    /// The label of a failure: its name in the closed list, and of a status also the first digit, `status_5xx`.
    ///
    /// So that a counter has as many series as docs/FAILURES.md has names, and nine more at most, whatever servers answer.
    static func family(_ code: String) -> String {
        let name = FailureName(code: code).text
        let digits = code.dropFirst(name.utf8.count + 1)
        guard name == FetchFailureKind.status.rawValue, let first = digits.first, ("1"..."9").contains(first) else {
            return name
        }
        return "\(name)_\(first)xx"
    }
}
