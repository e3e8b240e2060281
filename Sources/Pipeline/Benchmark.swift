package import Encoding
package import KeyCache
package import OpenBanking
import Rules

/// Judges a workload in memory, round after round: the validation part alone, without files, ledger or results on disk.
package final class Benchmark {
    private let pool: WorkerPool
    private let lines: [ByteSlice]

    /// A benchmark over the records of `text`, one per line.
    package init(_ text: ByteSlice, plan: ProcessPlan) {
        pool = WorkerPool(plan)
        lines = Self.lines(of: text)
    }

    /// The lines of `text` that are not empty.
    package static func lines(of text: ByteSlice) -> [ByteSlice] {
        var lines: [ByteSlice] = []
        var start = 0
        while start < text.count {
            let end = text.firstIndex(of: UInt8(ascii: "\n"), from: start) ?? text.count
            if end > start { lines.append(text[start..<end]) }
            start = end + 1
        }
        return lines
    }

    /// How many records a round judges.
    package var count: Int { lines.count }

    /// Judges every record once and returns the outcomes in order.
    ///
    /// Results are written and forgotten: nothing is committed here, so nothing need be kept for a group's end.
    package func round(_ snapshot: Snapshot, at now: UnixTime) throws(PipelineError) -> [Outcome] {
        let trust = TrustView(snapshot)
        let count = lines.count
        let outcomes = UnsafeMutableBufferPointer<Outcome>.allocate(capacity: count)
        unsafe outcomes.initialize(repeating: .malformed)
        defer { unsafe outcomes.deallocate() }
        // The lines are only read, and each place of the outcomes is written by one worker, until all have ended.
        nonisolated(unsafe) let lines = lines
        nonisolated(unsafe) let places = unsafe outcomes
        try pool.run(count) { worker, index throws(PipelineError) in
            if index.isMultiple(of: WorkerPool.share) { worker.reset() }
            let delivery = unsafe Delivery(.record(lines[index]), arrivedAt: now)
            let source = ResultSource(file: "benchmark", line: index + 1)
            let judgement = try worker.judge(delivery, index: index, source: source, now: now, trust: trust)
            unsafe places[index] = judgement.outcome
        }
        return unsafe Array(outcomes)
    }
}
