import Encoding
import KeyCache
import Ledger
import OpenBanking
import Operations
import Pipeline
import Rules
import Spool

/// Judges what lies in the drop box without taking it: nothing is written, not even keys.
struct DryRun {
    let site: Site
    let view: SpoolView
    /// Where what is judged is told as well.
    var report: RehearsalReport?

    func run(limit: Int, shouldStop: () -> Bool) throws(Failure) -> PassResult {
        let start = site.clock.monotonicMilliseconds()
        let bench = try Bench(site)
        var tally = PassTally()
        let owners = bench.plan.owners
        var refused: [(name: String, fault: InputFault)] = []
        do throws(SpoolError) {
            try view.forEachInput(limits: bench.plan.limits, owners: owners, refused: { refused.append(($0, $1)) }) {
                file throws(SpoolError) in
                try judge(file, bench, &tally, limit: limit, shouldStop)
                return tally.requests < limit && !shouldStop()
            }
        } catch {
            throw Failure(error)
        }
        try bench.finish()
        for (name, fault) in refused { tally.setAside(name, fault.reason, fault.detail) }
        tally.milliseconds = site.clock.monotonicMilliseconds() - start
        return PassResult(
            tally: tally,
            now: bench.now,
            generation: bench.snapshot.generation,
            keys: DirectoryKeys(bench.snapshot, site.configuration, at: bench.now),
            refresh: site.configuration.refresh,
            spoolPath: site.configuration.spool.path,
            waiting: 0,
            wasStopped: shouldStop(),
            isDryRun: true
        )
    }

    private func judge(
        _ file: TakenFile,
        _ bench: Bench,
        _ tally: inout PassTally,
        limit: Int,
        _ shouldStop: () -> Bool
    ) throws(SpoolError) {
        do throws(SpoolError) {
            guard file.kind == .bulk else { return count(try bench.judge(file), bench, file, nil, &tally) }
            if let refusal = try bench.refusal(of: file) {
                tally.setAside(file.name, .manifest, refusal.text)
                guard refusal.awaitsPermission else { return }
            }
            let reader = try file.lines()
            let block = BulkBlock()
            let buffer = ByteBuffer()
            let mode = bench.mode(try file.readManifest(into: buffer))
            while tally.requests < limit, !shouldStop(), try reader.next(into: block) {
                for line in block.lines { count(bench.judge(line, of: block, mode), bench, file, line.number, &tally) }
            }
        } catch .vanished {
            // Its owner took it away, or a pass did.
        } catch .refused(let name, let reason, let detail) {
            tally.setAside(name, reason, detail)
        } catch .changed(let name) {
            tally.setAside(name, .incomplete, "was changed while it was read")
        }
    }

    private func count(_ judged: Judged, _ bench: Bench, _ file: TakenFile, _ line: Int?, _ tally: inout PassTally) {
        report?.add(judged, bench.evidence, bench.plan.policy, file: file.name, line: line)
        let verdict = judged.answer.verdict
        tally.counts[verdict.outcome] += 1
        guard verdict.outcome == .rejected || verdict.outcome == .malformed, let rule = verdict.primary?.rule else {
            return
        }
        tally.refusals[rule, default: 0] += 1
    }
}
