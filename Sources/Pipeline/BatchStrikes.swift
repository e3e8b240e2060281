import Spool

/// Counts the ends of the process at one place of a batch, so that a line that ends it does not hold up the spool for
/// good.
///
/// A batch found after a stop goes on with many lines at once. If the process ends there again, they are judged one at a
/// time, each counted for itself; one with which it ended too often is answered without being judged.
final class BatchStrikes {
    private let context: PassContext
    private let group: TakenGroup
    /// The line that is begun with and counted; nil while nothing is.
    private var line: Int?
    private var isJudged = false
    /// How many lines are judged one at a time from where it began.
    private(set) var alone = 0
    /// Why the line it began with is not judged; nil where it is.
    private(set) var refusal: String?

    init(context: PassContext, group: TakenGroup) {
        self.context = context
        self.group = group
    }

    /// Begins with the batch again, at a line.
    func resume(at line: Int) throws(PipelineError) {
        // A stop behind a commit leaves those of the lines before.
        try context.lifting { () throws(SpoolError) in try context.spool.forgetStrikes(of: group, but: line) }
        try begin(at: line)
    }

    private func begin(at line: Int) throws(PipelineError) {
        switch try context.lifting({ () throws(SpoolError) in try context.spool.strike(group, at: line) }) {
        case .never: refusal = nil
        case .before: (alone, refusal) = (max(alone, context.plan.groupRequests), nil)
        case .tooOften(let count):
            alone = max(alone, context.plan.groupRequests)
            refusal = "the process ended \(count) times while it worked on this line alone"
        }
        (self.line, isJudged) = (line, false)
    }

    /// The lines begun with were judged, and the process lives.
    func judged() throws(PipelineError) {
        guard let line, refusal == nil else { return }
        try context.lifting { () throws(SpoolError) in try context.spool.noteJudged(group, at: line) }
        isJudged = true
    }

    /// They were committed; `next` comes, and is counted too where it is judged alone.
    func committed(next: Int) throws(PipelineError) {
        guard line != nil else { return }
        try end()
        alone = max(0, alone - 1)
        if alone > 0 { try begin(at: next) }
    }

    /// No line is left.
    func end() throws(PipelineError) {
        guard line != nil else { return }
        line = nil
        try context.lifting { () throws(SpoolError) in try context.spool.forgetStrikes(of: group, but: nil) }
    }

    /// The work ended by a failure of the machine, which counts against no line.
    func forgive() {
        guard let line, refusal == nil else { return }
        try? context.spool.forgive(group, at: line, isJudged: isJudged)
    }
}
