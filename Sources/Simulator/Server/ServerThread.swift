import Glibc

/// A thread that runs one function and is waited for.
@safe struct ServerThread: @unchecked Sendable {  // a pthread_t may be joined from any thread
    private let thread: pthread_t

    /// Carries the function into the thread.
    private final class Work: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    init(_ body: @escaping @Sendable () -> Void) throws(SimulatorError) {
        var made = pthread_t()
        let work = unsafe Unmanaged.passRetained(Work(body))
        let fault = unsafe pthread_create(
            &made,
            nil,
            { argument in
                guard let argument = unsafe argument else { return nil }
                unsafe Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body()
                return nil
            },
            work.toOpaque()
        )
        guard fault == 0 else {
            unsafe work.release()
            throw .system(call: "pthread_create", errno: fault)
        }
        thread = made
    }

    func join() { _ = pthread_join(thread, nil) }
}
