import Encoding
import KeyCache
import Ledger
import OpenBanking
import Operations
import PKIX
import Pipeline

/// One pass and what is to be told of it.
struct PassRun {
    let processor: Processor
    let site: Site

    func run(_ snapshot: Snapshot, at now: UnixTime, limit: Int = .max) throws(Failure) -> PassResult {
        let now = snapshot.judged(now)
        let start = site.clock.monotonicMilliseconds()
        var tally = PassTally()
        var wasStopped = false
        do throws(LedgerError) {
            let settings = SettingsInForce(site.configuration, anchors: snapshot.anchors.digest)
            try PolicyWatch(settings: settings).note(in: processor.ledger, at: now)
        } catch {
            throw Failure(error)
        }
        do throws(KeyStoreError) {
            try processor.keys.keep(snapshot.anchors)
        } catch {
            throw Failure(error)
        }
        try BundleWatch(store: processor.keys).note(in: processor.ledger, at: now)
        do throws(PipelineError) {
            tally = try processor.pass(snapshot, at: now, limit: limit)
        } catch .stopped {
            (tally, wasStopped) = (processor.lastTally, true)
        } catch .spaceLow(let path, let shortage) {
            try remember(processor.lastTally, at: now)
            throw Failure(.spaceLow(path: path, shortage))
        } catch {
            throw Failure(error)
        }
        tally.milliseconds = site.clock.monotonicMilliseconds() - start
        try remember(tally, at: now)
        return PassResult(
            tally: tally,
            now: now,
            generation: snapshot.generation,
            keys: DirectoryKeys(snapshot, site.configuration, at: now),
            refresh: site.configuration.refresh,
            spoolPath: site.configuration.spool.path,
            waiting: try waiting(at: now),
            wasStopped: wasStopped
        )
    }

    /// Leaves the counts for `status` and its metrics, where there was anything to count.
    private func remember(_ tally: PassTally, at now: UnixTime) throws(Failure) {
        guard tally.requests > 0 || !tally.failed.isEmpty else { return }
        var book = CounterBook()
        book.count(.setAside, by: tally.failed.count)
        book.count(.unknownKeys, by: tally.wanted.count { $0.keyID != nil })
        if tally.requests > 0 {
            book.count(.passes)
            book.observe(.passDuration, milliseconds: tally.milliseconds)
        }
        let rows = book.rows
        do throws(LedgerError) {
            try processor.ledger.group(at: now) { group throws(LedgerError) in
                if tally.requests > 0 { try LastPass(tally).write(to: group.meta) }
                for row in rows { group.count(row.name, by: row.number) }
            }
        } catch {
            throw Failure(error)
        }
    }

    private func waiting(at now: UnixTime) throws(Failure) -> Int {
        do throws(LedgerError) {
            return try processor.ledger.read(at: now) { group throws(LedgerError) in try group.deferred.count() }
        } catch {
            throw Failure(error)
        }
    }
}
