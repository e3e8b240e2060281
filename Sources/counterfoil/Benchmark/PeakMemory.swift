import Glibc

/// The most memory this process held, as Linux counts it.
enum PeakMemory {
    /// What was held at most since the start, or since the last `reset`, in MiB.
    static var mebibytes: Int64 {
        var usage = rusage()
        _ = unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return Int64(usage.ru_maxrss) / 1024
    }

    /// Begins anew with what is held now, so that what only prepared a measurement is no part of it; where Linux does not
    /// allow it, nothing changes.
    static func reset() {
        let descriptor = unsafe open("/proc/self/clear_refs", O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        _ = unsafe write(descriptor, "5", 1)
        close(descriptor)
    }
}
