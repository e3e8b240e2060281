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

    /// The name of a failure without the number a server chose: `status_503` is `status_5xx`.
    static func family(_ code: String) -> String {
        let prefix = "status_"
        guard code.hasPrefix(prefix), let first = code.dropFirst(prefix.count).first else { return code }
        return "\(prefix)\(first)xx"
    }
}
