import Scores
import Synchronization

/// Adds up what the slices judged and, once all are done, says it in one line.
final class MutantScore: Sendable {
    static let shared = MutantScore()

    private struct Sum {
        var slices = 0
        var judged = 0
        var wrong: [MutantRun.Wrong] = []
    }

    private let sum = Mutex(Sum())

    /// Takes in a slice; the last one writes the score.
    func add(_ run: MutantRun) {
        let sum = sum.withLock { sum in
            sum.slices += 1
            sum.judged += run.judged
            sum.wrong += run.wrong
            return sum
        }
        guard sum.slices == MutantTests.slices else { return }
        let score = Score(
            "mutants of a valid registration",
            passed: sum.judged - sum.wrong.count,
            of: sum.judged,
            falseAccepts: sum.wrong.filter { $0.isAccepted }.map(\.name),
            falseRejects: sum.wrong.filter { !$0.isAccepted }.map(\.name),
            note: "\(MutantSource.all.count) fields, exactly the rules that must speak"
        )
        print("score: \(score.line)")
        score.record()
    }
}
