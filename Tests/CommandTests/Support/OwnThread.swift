import Glibc

/// A thread that nobody else's work runs on, so that its children are its own.
enum OwnThread {
    private final class Work {
        let body: () -> Void

        init(_ body: @escaping () -> Void) { self.body = body }
    }

    /// Runs `body` there and waits for it.
    static func run<Value>(_ body: () throws -> Value) throws -> Value {
        var result: Result<Value, any Error>?
        try withoutActuallyEscaping({ result = Result { try body() } }) { body in
            let work = Unmanaged.passRetained(Work(body))
            var thread = pthread_t()
            let code = pthread_create(
                &thread,
                nil,
                { work in
                    if let work { Unmanaged<Work>.fromOpaque(work).takeRetainedValue().body() }
                    return nil
                },
                work.toOpaque()
            )
            guard code == 0 else {
                work.release()
                throw Running.Trouble(what: "no thread can be started (\(code))")
            }
            pthread_join(thread, nil)
        }
        guard let result else { throw Running.Trouble(what: "the thread did not end") }
        return try result.get()
    }
}
