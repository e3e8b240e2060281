import Glibc

/// Time and processor time since it was made, in microseconds.
struct StopWatch {
    private let start = (StopWatch.now(CLOCK_MONOTONIC), StopWatch.now(CLOCK_PROCESS_CPUTIME_ID))

    var elapsed: Int64 { Self.now(CLOCK_MONOTONIC) - start.0 }

    /// What all threads of the process took together.
    var processor: Int64 { Self.now(CLOCK_PROCESS_CPUTIME_ID) - start.1 }

    private static func now(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        _ = unsafe clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
    }
}
