import Encoding
import Ledger
import OpenBanking
import Operations
import Pipeline
import Spool

/// How far a pass is, for whoever looks at standard error; belongs to the thread of the pass.
final class PassMeter {
    private var progress: Progress
    private let total: Int64
    private let clock: Clock

    /// A meter for the pass that is about to begin; the drop box is only looked through where somebody looks.
    init(_ mode: ProgressMode, _ site: Site) throws(Failure) {
        clock = site.clock
        progress = Progress(mode, start: clock.monotonicMilliseconds(), terminal: Terminal(descriptor: 2))
        total = progress.isShown ? try Self.bytes(site) : 0
    }

    func update(_ pass: PassProgress) {
        guard progress.isShown else { return }
        let counts = pass.tally.counts
        var notes = [(Outcome.rejected, counts.rejected), (.malformed, counts.malformed), (.deferred, counts.deferred)]
            .filter { $0.1 > 0 }.map { "\($0.0.rawValue) \(Figure.count($0.1))" }
        if let batch = pass.batch { notes.append(Printable.text(batch, limit: 40)) }
        let share = total > 0 ? Double(pass.bytes) / Double(total) : 1
        let step = ProgressStep(done: counts.total, share: share, note: notes.joined(separator: "  "))
        progress.update(step, at: clock.monotonicMilliseconds())
    }

    func clear() { progress.clear() }

    /// The bytes of all inputs there are, certificates and manifests left out.
    private static func bytes(_ site: Site) throws(Failure) -> Int64 {
        guard let view = try site.spoolView() else { return 0 }
        var bytes: Int64 = 0
        do throws(SpoolError) {
            try view.forEachInput { file throws(SpoolError) in
                bytes += Int64(file.size)
                return true
            }
        } catch {
            throw Failure(error)
        }
        return bytes
    }
}
