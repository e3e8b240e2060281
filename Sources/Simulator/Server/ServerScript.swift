import Synchronization

/// What the simulated key store serves, how it behaves for each path, and what it was asked.
final class ServerScript: Sendable {
    private struct State {
        var directory: SimulatedDirectory?
        var behaviours: [String: [ServerBehaviour]] = [:]
        var answers: [String: [Int]] = [:]
    }

    private let state = Mutex(State())

    var directory: SimulatedDirectory? {
        get { state.withLock { $0.directory } }
        set { state.withLock { $0.directory = newValue } }
    }

    /// The last one stays; the others are for one request each.
    func set(_ behaviours: [ServerBehaviour], of path: String) {
        state.withLock { $0.behaviours[path] = behaviours }
    }

    func takeBehaviour(of path: String) -> ServerBehaviour {
        state.withLock { state in
            guard let list = state.behaviours[path], let first = list.first else { return .ok }
            if list.count > 1 { state.behaviours[path]?.removeFirst() }
            return first
        }
    }

    /// Counts a request for `path` and the status it is answered with, 0 for none.
    func record(_ status: Int, for path: String) {
        state.withLock { $0.answers[path, default: []].append(status) }
    }

    func answers(of path: String) -> [Int] { state.withLock { $0.answers[path] ?? [] } }

    var total: Int { state.withLock { $0.answers.values.reduce(0) { $0 + $1.count } } }
}
