import Glibc
import Operations

/// The program of `hooks.after_change`: run with one argument, the generation, and nothing of ours open to it.
enum ChangeHook {
    /// Runs it where the configuration names one, and waits for its end.
    ///
    /// What it writes goes to standard error. It gets `PATH` and `LANG` and no other variable; no shell reads anything.
    static func run(_ configuration: Configuration, generation: Int, clock: Clock) throws(Failure) {
        let path = configuration.hooks.afterChange
        guard !path.isEmpty else { return }
        let process = try start(path, ["\(generation)"])
        let end = clock.monotonicMilliseconds() + configuration.hooks.timeout.milliseconds
        var status: Int32 = 0
        while true {
            let ended = unsafe waitpid(process, &status, WNOHANG)
            if ended == process { break }
            if ended < 0, errno != EINTR { throw failure(path, "cannot be waited for: \(ErrorText.of(errno))") }
            guard clock.monotonicMilliseconds() < end else {
                // Its own group: what it started ends with it.
                _ = kill(-process, SIGKILL)
                _ = unsafe waitpid(process, &status, 0)
                throw failure(path, "took longer than \(configuration.hooks.timeout) and was ended")
            }
            FolderWatch.sleep(milliseconds: 20)
        }
        let signal = status & 0x7F
        if signal != 0 { throw failure(path, "was ended by signal \(signal)") }
        let code = status >> 8 & 0xFF
        if code != 0 { throw failure(path, "ended with \(code)") }
    }

    private static func start(_ path: String, _ arguments: [String]) throws(Failure) -> pid_t {
        var actions = unsafe posix_spawn_file_actions_t()
        _ = unsafe posix_spawn_file_actions_init(&actions)
        defer { _ = unsafe posix_spawn_file_actions_destroy(&actions) }
        _ = unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        _ = unsafe posix_spawn_file_actions_adddup2(&actions, 2, 1)
        // Everything of ours is closed in programs by itself; a library's may not be.
        for descriptor in Int32(3)..<256 { _ = unsafe posix_spawn_file_actions_addclose(&actions, descriptor) }
        var attributes = posix_spawnattr_t()
        _ = unsafe posix_spawnattr_init(&attributes)
        defer { _ = unsafe posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        _ = unsafe sigfillset(&signals)
        _ = unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
        _ = unsafe sigemptyset(&signals)
        _ = unsafe posix_spawnattr_setsigmask(&attributes, &signals)
        _ = unsafe posix_spawnattr_setpgroup(&attributes, 0)
        let flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP
        _ = unsafe posix_spawnattr_setflags(&attributes, Int16(flags))
        let environment = ["PATH", "LANG"].compactMap { name in Environment[name].map { "\(name)=\($0)" } }
        var process: pid_t = 0
        let number = unsafe CStrings.with([path] + arguments) { words in
            unsafe CStrings.with(environment) { variables in
                unsafe posix_spawn(&process, path, &actions, &attributes, words, variables)
            }
        }
        guard number == 0 else { throw failure(path, "cannot be started: \(ErrorText.of(number))") }
        return process
    }

    private static func failure(_ path: String, _ what: String) -> Failure {
        let remedy = "check hooks.after_change in the configuration; the refresh itself is done"
        return Failure(UserMessage(path, what, remedy: remedy), name: "hook", .unexpected)
    }
}
