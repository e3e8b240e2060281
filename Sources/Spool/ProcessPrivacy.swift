import CLinux
import Glibc

/// What a process that handles credentials denies others: its memory, its core dumps, its files.
package enum ProcessPrivacy {
    /// Sets umask 077, PR_SET_DUMPABLE 0 and a core size of 0 for this process.
    ///
    /// Where the kernel refuses one there is nothing to undo: the process is as private as its system lets it be.
    package static func enter() {
        umask(0o077)
        _ = counterfoil_set_undumpable()
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
    }
}
