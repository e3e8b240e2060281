import Encoding
import Ledger
import Rules
import Spool

/// The lines of a batch on their way: a group of them is read and judged while the one before is committed.
///
/// The first is begun at once, but where lines are to be judged alone: these when they are asked for. Whoever has no more
/// use for it joins it, for the workers are busy until then.
final class LinesAhead {
    /// How the lines of a batch are judged.
    struct Terms {
        /// When the batch was opened: its lines are judged as of then, also where it is resumed later.
        var arrivedAt: UnixTime
        var mode: JudgingMode
        /// Why lines are answered without being judged; nil where they are judged.
        var refusal: String?
    }

    private let context: PassContext
    private let name: String
    private let reader: BulkReader
    private let terms: Terms
    /// The group that is committed and the one that is judged meanwhile.
    private let blocks: [JudgedBlock]
    private var turn = 0
    private var ahead: Ahead<JudgedBlock?>?
    /// How many lines are judged one at a time yet.
    private var alone: Int

    /// Begins with the line that is at `offset` of the file.
    init(
        _ file: TakenFile,
        from offset: Int64,
        line: Int,
        as terms: Terms,
        alone: Int = 0,
        _ context: PassContext
    ) throws(PipelineError) {
        self.context = context
        self.alone = alone
        self.terms = terms
        name = file.name
        reader = try context.lifting { () throws(SpoolError) in try file.lines(from: offset, line: line) }
        blocks = (0..<2).map { _ in JudgedBlock(capacity: context.plan.groupRequests) }
        if alone == 0 { ahead = Self.judged(reader, into: blocks[0], as: terms, name, context) }
    }

    /// The version of the file whose lines these are.
    var version: String { reader.version }

    /// The next lines, judged; nil at the end.
    ///
    /// They hold until the next but one are asked for. `refusal` is why a line that is alone is not judged.
    func next(refusing refusal: String? = nil) throws(PipelineError) -> JudgedBlock? {
        if alone > 0 {
            alone -= 1
            var terms = terms
            terms.refusal = refusal
            return try Self.judged(reader, into: blocks[0], as: terms, name, context, limit: 1).wait()
        }
        let first = ahead ?? Self.judged(reader, into: blocks[turn], as: terms, name, context)
        guard let judged = try first.wait() else { return nil }
        turn = 1 - turn
        ahead = Self.judged(reader, into: blocks[turn], as: terms, name, context)
        return judged
    }

    /// Waits for what is in hand, whatever comes of it.
    func join() { ahead?.join() }

    /// Reads and judges the next lines on another thread.
    private static func judged(
        _ reader: BulkReader,
        into next: JudgedBlock,
        as terms: Terms,
        _ name: String,
        _ context: PassContext,
        limit: Int? = nil
    ) -> Ahead<JudgedBlock?> {
        Ahead { () throws(PipelineError) in
            let begun = context.plan.milliseconds()
            let isThere = try context.lifting { () throws(SpoolError) in
                try reader.next(into: next.block, limit: limit ?? context.plan.groupRequests)
            }
            guard isThere else { return nil }
            next.end = reader.offset
            try BatchLines.judge(next, as: terms, name, context)
            next.milliseconds = context.plan.milliseconds() - begun
            return next
        }
    }
}
