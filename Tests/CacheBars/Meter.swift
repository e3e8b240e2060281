import Glibc

/// Clocks of this process.
enum Meter {
    /// Processor seconds of this thread.
    static var thread: Double { read(CLOCK_THREAD_CPUTIME_ID) }
    /// Seconds on a clock nobody sets.
    static var wall: Double { read(CLOCK_MONOTONIC) }

    /// The processor seconds `body` took on this thread.
    static func seconds(_ body: () throws -> Void) rethrows -> Double {
        let start = thread
        try body()
        return thread - start
    }

    private static func read(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
