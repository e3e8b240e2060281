import Glibc
import Testing

/// A run of the program that has not been waited for yet.
final class Running {
    let process: pid_t
    private let folder: TemporaryFolder
    let number: Int
    private var isOver = false
    /// Seconds of processor time of a run that ended and was waited for.
    private(set) var usedSeconds = 0.0

    /// What is wrong with a run that cannot be made or does not end.
    struct Trouble: Error { let what: String }

    /// Starts the program.
    convenience init(
        _ arguments: [String],
        in folder: TemporaryFolder,
        _ variables: [String: String] = [:]
    ) throws {
        try self.init(words: [Program.path] + arguments, in: folder, variables)
    }

    /// Starts any program by its path.
    init(words: [String], in folder: TemporaryFolder, _ variables: [String: String] = [:]) throws {
        self.folder = folder
        number = Counter.next()
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        for (descriptor, name) in [(Int32(1), "out"), (2, "err")] {
            let path = "\(folder.path)/.\(name).\(number)"
            posix_spawn_file_actions_addopen(&actions, descriptor, path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        }
        // Foundation opens files without O_CLOEXEC. A daemon that had one which another test just wrote kept that from
        // being run as a program, and a disk from being unmounted.
        for descriptor in Int32(3)..<1024 { posix_spawn_file_actions_addclose(&actions, descriptor) }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var all = sigset_t()
        sigfillset(&all)
        posix_spawnattr_setsigdefault(&attributes, &all)
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
        var environment = ["PATH": "/usr/bin:/bin", "SWIFT_BACKTRACE": "enable=no"]
        environment.merge(variables) { _, new in new }
        // env goes into the folder and then is the program: the process stays the same.
        var argv = (["env", "-C", folder.path] + words).map { strdup($0) } + [nil]
        var pairs = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in argv + pairs { free(text) } }
        var process: pid_t = 0
        let fault = posix_spawn(&process, "/usr/bin/env", &actions, &attributes, &argv, &pairs)
        guard fault == 0 else { throw Trouble(what: "\(Program.path) cannot be started (\(fault))") }
        self.process = process
    }

    deinit {
        guard !isOver else { return }
        Glibc.kill(process, SIGKILL)
        var status: Int32 = 0
        waitpid(process, &status, 0)
    }

    /// What it has written to standard error so far.
    var errors: String { (try? folder.text(".err.\(number)")) ?? "" }

    func signal(_ signal: Int32) { Glibc.kill(process, signal) }

    /// Whether it runs still: one that ended is there until it is waited for, and does not.
    var isRunning: Bool {
        guard !isOver else { return false }
        var end = siginfo_t()
        return waitid(P_PID, id_t(process), &end, WEXITED | WNOHANG | WNOWAIT) == 0 && end.si_signo == 0
    }

    /// Waits for its end, five minutes at most; a signal that ended it is its negative number.
    ///
    /// What takes a second here may take twenty on a busy machine: the time is only there so that nothing hangs.
    func wait() throws -> Program.Result { try wait(seconds: 300) }

    /// The same for what may take ten minutes.
    func waitLong() throws -> Program.Result { try wait(seconds: 600) }

    private func wait(seconds: Int) throws -> Program.Result {
        var status: Int32 = 0
        var usage = rusage()
        for _ in 0..<(100 * seconds) {
            let ended = wait4(process, &status, WNOHANG, &usage)
            guard ended != process else {
                isOver = true
                for time in [usage.ru_utime, usage.ru_stime] {
                    usedSeconds += Double(time.tv_sec) + Double(time.tv_usec) / 1e6
                }
                let signal = status & 0x7F
                return Program.Result(
                    code: signal == 0 ? status >> 8 & 0xFF : -signal,
                    output: try folder.text(".out.\(number)"),
                    errors: try folder.text(".err.\(number)"),
                    number: number
                )
            }
            usleep(10_000)
        }
        throw Trouble(what: "process \(process) does not end")
    }

    /// Waits until `condition` holds, five minutes at most, looking each so many microseconds; false where the program
    /// ended or time ran out before.
    func waits(every pause: UInt32 = 10_000, until condition: () throws -> Bool) rethrows -> Bool {
        let clock = ContinuousClock()
        let deadline = clock.now + .seconds(300)
        while clock.now < deadline {
            let wasRunning = isRunning
            if try condition() { return true }
            guard wasRunning else { return false }
            usleep(pause)
        }
        return false
    }

    private enum Counter {
        private nonisolated(unsafe) static var count: Int = 0
        private nonisolated(unsafe) static var lock = pthread_mutex_t()

        static func next() -> Int {
            pthread_mutex_lock(&lock)
            defer { pthread_mutex_unlock(&lock) }
            count += 1
            return count
        }
    }
}
