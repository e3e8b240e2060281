import Ledger
import Operations
import Pipeline

/// What a long pass puts into the log while it goes on: the begin of each batch, and every ten seconds how far it is.
struct BatchLog {
    private let log: Log
    private let start: Int64
    private var told: Int64
    private var batch: String?

    private static let interval: Int64 = 10_000

    /// A log of a pass that begins now, by the monotonic clock.
    init(_ log: Log, at milliseconds: Int64) {
        self.log = log
        (start, told) = (milliseconds, milliseconds)
    }

    /// Hears of each group; true when it said something.
    mutating func hear(_ progress: PassProgress, at milliseconds: Int64) -> Bool {
        if let name = progress.batch, name != batch {
            batch = name
            log(.batchStart, "Working on a batch", .batch(name))
        }
        guard milliseconds - told >= Self.interval else { return false }
        told = milliseconds
        let counts = progress.tally.counts
        var fields: [LogField] = progress.batch.map { [.batch($0)] } ?? []
        fields += [
            .count(.requests, counts.total), .count(.accepted, counts.accepted), .count(.rejected, counts.rejected),
            .count(.malformed, counts.malformed), .count(.deferred, counts.deferred),
            .count(.duplicate, counts.duplicate), .milliseconds(milliseconds - start),
            .count(.perSecond, Int(Int64(counts.total) * 1000 / max(1, milliseconds - start))),
        ]
        log.write(.batchProgress, "A pass goes on", fields)
        return true
    }
}
