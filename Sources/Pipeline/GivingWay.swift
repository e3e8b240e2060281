import Glibc

/// Has threads that judge give way to the one that commits.
///
/// There are as many workers as processors, and the thread that commits comes on top of them. Shared evenly it would
/// have two thirds of a processor, and in the end all wait for it. So workers take what it leaves.
enum GivingWay {
    /// How much less of a contended processor a worker asks for, as a nice value above the process's own.
    static let niceness: Int32 = 10

    /// Has the thread that calls give way from now on: one that works for the pool, which never commits.
    static func begin() {
        let kind = __priority_which_t(PRIO_PROCESS.rawValue)
        let wanted = min(19, getpriority(kind, id_t(getpid())) + niceness)
        // To Linux a process of number 0 is the thread that asks. To be nicer is never refused.
        if getpriority(kind, 0) < wanted { _ = setpriority(kind, 0, wanted) }
    }
}
