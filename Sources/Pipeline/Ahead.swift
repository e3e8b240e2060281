import Dispatch

/// Work that is done on a thread of its own while the one that began it commits what came before.
///
/// What the two touch meanwhile must be different; `wait` is where they meet again. A value that goes out of use waits
/// for its work too.
///
/// `@unchecked Sendable`: the result is written before the signal and read behind it.
final class Ahead<Value>: @unchecked Sendable {
    private let isDone = DispatchSemaphore(value: 0)
    private var body: (() throws(PipelineError) -> Value)?
    private var result: Result<Value, PipelineError>?
    private var isJoined = false

    init(_ body: @escaping () throws(PipelineError) -> Value) {
        self.body = body
        DispatchQueue.global().async { @Sendable [self] in
            GivingWay.begin()
            perform()
            isDone.signal()
        }
    }

    /// Does the work and lets go of all it holds, which ends with the one who waits and not some time later.
    private func perform() {
        guard let body else { return }
        self.body = nil
        result = Result { () throws(PipelineError) in try body() }
    }

    /// Waits for the work; what came of it.
    func wait() throws(PipelineError) -> Value {
        join()
        guard let result else { preconditionFailure("the work ended without a result") }
        return try result.get()
    }

    /// Waits for the work, whatever came of it; its value, where it has one.
    @discardableResult
    func join() -> Value? {
        if !isJoined {
            isDone.wait()
            isJoined = true
        }
        guard case .success(let value)? = result else { return nil }
        return value
    }
}
