package import Encoding
package import KeyCache
package import OpenBanking
import Rules

/// Judges a workload in memory, round after round: the validation part alone, without files, ledger or results on disk.
package final class Benchmark {
    private let pool: WorkerPool
    private let text: ByteSlice
    private var lines: [Range<Int>] = []

    /// A benchmark over the records of `text`, one per line.
    package init(_ text: ByteSlice, plan: ProcessPlan) {
        self.text = text
        pool = WorkerPool(plan)
        var start = 0
        while start < text.count {
            let end = text.firstIndex(of: UInt8(ascii: "\n"), from: start) ?? text.count
            if end > start { lines.append(start..<end) }
            start = end + 1
        }
    }

    /// How many records a round judges.
    package var count: Int { lines.count }

    /// Judges every record once and returns the outcomes in order.
    package func round(_ snapshot: Snapshot, at now: UnixTime) throws(PipelineError) -> [Outcome] {
        let trust = TrustView(snapshot)
        let table = JudgementTable(capacity: 1024)
        var outcomes: [Outcome] = []
        outcomes.reserveCapacity(lines.count)
        for first in stride(from: 0, to: lines.count, by: 1024) {
            let group = lines[first..<min(lines.count, first + 1024)]
            table.reset(group.count)
            pool.reset()
            nonisolated(unsafe) let text = text  // read only until the workers end
            try pool.run(group.count) { worker, index throws(PipelineError) in
                let number = first + index
                let delivery = unsafe Delivery(.record(text[group[number]]), arrivedAt: now)
                let source = ResultSource(file: "benchmark", line: number + 1)
                table[index] = try worker.judge(delivery, index: index, source: source, now: now, trust: trust)
            }
            for index in 0..<group.count { outcomes.append(table[index]?.outcome ?? .malformed) }
        }
        return outcomes
    }
}
