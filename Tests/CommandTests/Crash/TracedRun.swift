import CTrace
import Glibc

/// One run of the program, held before every call that can change a file.
struct TracedRun {
    /// What becomes of a call.
    enum Fate: Sendable {
        case happens
        /// It writes half of its bytes, and returns that.
        case writesHalf
        /// The program sees this returned and the call is not made.
        case returns(Int)
        /// The program ends before it, as by `kill -9`.
        case kills
    }

    /// What the run ended with; a signal is its negative number.
    let code: Int32
    /// How many calls could change a file.
    let calls: Int
    let errors: String

    /// Runs the program on an installation; `fate` decides about each call in turn.
    ///
    /// On a thread of its own: the tracer waits for any child of its thread, and a borrowed thread may have started others'.
    init(_ arguments: [String], at site: CrashSite, fate: (ChangingCall) throws -> Fate) throws {
        let messages = site.messages.path + "/\(UInt32.random(in: 0 ... .max))"
        defer { unlink(messages) }
        let (status, calls) = try OwnThread.run { try Self.follow(arguments, site, messages, fate) }
        let signal = status & 0x7F
        code = signal == 0 ? status >> 8 & 0xFF : -signal
        self.calls = calls
        errors = (try? TemporaryFolder.text(at: messages)) ?? ""
    }

    /// Starts the program and decides about its calls until it ends; what it ended with and how many calls there were.
    private static func follow(
        _ arguments: [String],
        _ site: CrashSite,
        _ messages: String,
        _ fate: (ChangingCall) throws -> Fate
    ) throws -> (status: Int32, calls: Int) {
        let process = try Self.start(arguments, site.root, messages)
        var (status, calls): (Int32, Int) = (0, 0)
        counterfoil_trace_go(process, 0)
        while true {
            let thread = counterfoil_trace_wait(&status)
            guard thread > 0 else {
                if errno == EINTR { continue }
                throw Running.Trouble(what: "the program cannot be traced any more (\(errno))")
            }
            if status & 0xFF != 0x7F {
                if thread == process { break }
                continue
            }
            guard counterfoil_is_call(status) != 0 else {
                let signal = status >> 8
                // A bare stop or a notice of a new thread is the tracer's; any other signal is the program's.
                counterfoil_trace_go(thread, [SIGSTOP, SIGTRAP].contains(signal & 0xFF) ? 0 : signal)
                continue
            }
            if let call = ChangingCall(thread: thread, of: process, below: site.root, number: calls + 1) {
                calls += 1
                switch try fate(call) {
                case .happens: break
                case .writesHalf:
                    guard call.halve() else { throw Running.Trouble(what: "\(call) cannot be cut (\(errno))") }
                case .returns(let value): counterfoil_trace_answer(thread, value)
                case .kills:
                    kill(process, SIGKILL)
                    continue
                }
            }
            counterfoil_trace_go(thread, 0)
        }
        return (status, calls)
    }

    private static func start(_ arguments: [String], _ root: String, _ messages: String) throws -> pid_t {
        let words: [UnsafeMutablePointer<CChar>?] = ([Program.path] + arguments).map { strdup($0) } + [nil]
        let environment = ["PATH=/usr/bin:/bin", "SWIFT_BACKTRACE=enable=no"]
        let variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup($0) } + [nil]
        defer { for text in words + variables { free(text) } }
        let process = counterfoil_trace_start(root, words, variables, messages)
        guard process > 0 else { throw Running.Trouble(what: "the program cannot be traced (\(errno))") }
        return process
    }

    /// Whether this machine lets us trace what we start.
    static let isPossible: Bool = {
        guard let folder = try? TemporaryFolder() else { return false }
        let site = CrashSite(root: folder.path, messages: folder)
        return (try? TracedRun(["version"], at: site) { _ in .happens })?.code == 0
    }()
}
