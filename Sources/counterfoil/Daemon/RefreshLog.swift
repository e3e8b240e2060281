import KeyCache
import Operations
import Refresh

/// What a round over the sources puts into the log: each source whose state changed, once; never each attempt.
struct RefreshLog {
    private let log: Log

    init(_ log: Log) { self.log = log }

    /// A line for each source whose state changed.
    ///
    /// A source that was fetched for the first time is no news. A person at a terminal has the report before them.
    func tell(_ report: RefreshReport) {
        guard !Terminal(descriptor: 2).isTerminal else { return }
        for change in report.changes where !change.isFirstSuccess { write(change) }
    }

    /// A line for a source whose state changed.
    func write(_ change: SourceChange) {
        log.write(.sourceState, "A source changed its state", change.fields)
    }
}
