package import Encoding
package import Ledger
package import Spool

/// Clears away what is finished, once an hour, however often it is asked.
///
/// One thread calls it at a time, which need not be the one that processes: nothing it touches is in use.
package struct Housekeeping: Sendable {
    private let spool: Spool
    private let rules: Retention

    /// Seconds between two sweeps.
    package static let interval: UnixTime = 3600

    private static let lastSweep = "swept_at"

    /// What a sweep did.
    package struct Outcome: Sendable {
        /// What went, by where it was.
        package var gone: [Shelf: RetentionAmount] = [:]
        /// False where it was stopped before its end.
        package var isComplete = true

        /// All that went.
        package var total: RetentionAmount { gone.values.reduce(into: RetentionAmount()) { $0 += $1 } }
    }

    package init(spool: Spool, rules: Retention) {
        self.spool = spool
        self.rules = rules
    }

    /// Whether the last complete sweep of this ledger's spool is an hour ago; also when the clock was set back.
    package static func isDue(_ ledger: Ledger, at now: UnixTime) throws(PipelineError) -> Bool {
        do throws(LedgerError) {
            let text = try ledger.read(at: now) { group throws(LedgerError) in try group.meta.value(lastSweep) }
            guard let last = text.flatMap({ UnixTime($0) }) else { return true }
            return now >= last + interval || now < last
        } catch {
            throw .ledger(error)
        }
    }

    /// Notes that a sweep was completed.
    package static func note(_ ledger: Ledger, at now: UnixTime) throws(PipelineError) {
        do throws(LedgerError) {
            try ledger.group(at: now) { group throws(LedgerError) in try group.meta.set(lastSweep, String(now)) }
        } catch {
            throw .ledger(error)
        }
    }

    /// Sweeps until it is done or `shouldStop`.
    package func sweep(at now: UnixTime, shouldStop: @escaping () -> Bool) throws(PipelineError) -> Outcome {
        var outcome = Outcome()
        do throws(SpoolError) {
            outcome.gone = try spool.sweep(rules, at: now, shouldStop: shouldStop).run()
        } catch {
            throw .spool(error)
        }
        outcome.isComplete = !shouldStop()
        return outcome
    }
}
