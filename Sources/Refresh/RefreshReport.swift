package import Encoding
package import Operations

/// What one pass did, as a value: rendered by `RefreshScreen`, logged and counted by the command.
package struct RefreshReport: Sendable, Equatable {
    package var startedAt: UnixTime
    package var milliseconds: Int64
    /// In the order of the schedule.
    package var lines: [RefreshLine]
    package var changes: [SourceChange]
    /// True when the pass ended before all sources had their turn: asked to stop, or out of time.
    package var wasStopped: Bool
    /// How many copies of a mirror were taken as of now, because nobody said when they were fetched.
    package var undated: Int
    package var generationBefore: Int
    package var generationAfter: Int

    package init(
        startedAt: UnixTime,
        milliseconds: Int64,
        lines: [RefreshLine],
        changes: [SourceChange] = [],
        wasStopped: Bool = false,
        undated: Int = 0,
        generationBefore: Int,
        generationAfter: Int
    ) {
        self.startedAt = startedAt
        self.milliseconds = milliseconds
        self.lines = lines
        self.changes = changes
        self.wasStopped = wasStopped
        self.undated = undated
        self.generationBefore = generationBefore
        self.generationAfter = generationAfter
    }

    /// How many sources the pass was to refresh.
    package var due: Int { lines.count }

    /// How many sources ended like this.
    package func count(_ outcome: RefreshOutcome) -> Int {
        lines.reduce(0) { $1.outcome == outcome ? $0 + 1 : $0 }
    }

    /// How many sources are not known to be current.
    package var failed: Int { lines.reduce(0) { $1.outcome.isFailure ? $0 + 1 : $0 } }

    /// True when what others read is different from before.
    package var hasChanged: Bool { generationAfter != generationBefore }

    /// How the pass went as a whole.
    package enum Verdict: String, Sendable {
        /// Every source is current.
        case good
        /// Some failed, or wait for an operator.
        case partial
        /// There were sources due, and every one failed.
        case failed
    }

    /// How the pass went as a whole; no source due is good.
    package var verdict: Verdict {
        if failed > 0 { return failed == due ? .failed : .partial }
        return count(.held) > 0 ? .partial : .good
    }

    /// The command's exit code; an unchanged cache counts only with `failIfIdle`.
    package func exitCode(failIfIdle: Bool = false) -> ExitCode {
        switch verdict {
        case .failed: .refused
        case .partial: .partial
        case .good: failIfIdle && !hasChanged ? .idle : .done
        }
    }
}
