import Glibc
import Synchronization

/// The threads of a simulated key store and the pipe that tells them to end.
///
/// Every wait of theirs also waits on the pipe's reading end, which hangs up when the writing end is closed.
final class ServerThreads: Sendable {
    private struct State {
        var threads: [ServerThread] = []
        var writingEnd: Int32
        var isStopped = false
    }

    /// Readable once the threads have to end.
    let stopSignal: Int32
    private let state: Mutex<State>

    init() throws(SimulatorError) {
        var ends: [Int32] = [-1, -1]
        guard unsafe pipe(&ends) == 0 else { throw .system(call: "pipe", errno: errno) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        stopSignal = ends[0]
        state = Mutex(State(writingEnd: ends[1]))
    }

    deinit {
        stop()
        close(stopSignal)
    }

    /// Starts a thread; false when the server is stopping or no thread is to be had.
    func start(_ body: @escaping @Sendable () -> Void) -> Bool {
        state.withLock { state in
            guard !state.isStopped else { return false }
            do throws(SimulatorError) {
                state.threads.append(try ServerThread(body))
                return true
            } catch {
                return false
            }
        }
    }

    /// Tells every thread to end and waits for all of them; harmless when done before.
    func stop() {
        let waiting = state.withLock { state in
            if !state.isStopped { close(state.writingEnd) }
            state.isStopped = true
            defer { state.threads = [] }
            return state.threads
        }
        for thread in waiting { thread.join() }
    }
}
