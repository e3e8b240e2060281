import Foundation
import Synchronization

/// Counts the mutants judged and, once all slices are done, says so in one line.
final class MutantScore: Sendable {
    static let shared = MutantScore()

    private let done = Mutex((slices: 0, judged: 0))

    func add(_ judged: Int) {
        let (slices, total) = done.withLock { state -> (Int, Int) in
            state.slices += 1
            state.judged += judged
            return (state.slices, state.judged)
        }
        guard slices == MutantTests.slices else { return }
        print("score: \(total) mutants of a valid registration judged, fields: \(MutantSource.all.count)")
    }
}
