/// How a command ended, for the shell, cron and systemd.
///
/// New codes may be added; treat an unknown code as failure.
package enum ExitCode: Int32, CaseIterable, Sendable {
    case done = 0
    case unexpected = 1
    case partial = 2
    case refused = 3
    case rejections = 4
    case idle = 5
    case uninitialised = 10
    case locked = 11
    case usage = 64
    case temporary = 75
    case configuration = 78
    case interrupted = 130
    case terminated = 143

    /// What the code says, as README and manual print it.
    package var meaning: String {
        switch self {
        case .done: "done: every request taken was accepted or rejected, or there was nothing to do"
        case .unexpected: "unexpected error: a defect, or reading and writing failed"
        case .partial: "done in part: a request was malformed or deferred, or a source failed while others succeeded"
        case .refused: "refused: keys are unusable, every source failed, a bundle or the audit is not as it must be"
        case .rejections: "with --fail-on rejected: a request was rejected"
        case .idle: "with --fail-if-idle: there was nothing to do, or nothing changed"
        case .uninitialised: "not initialised: there is no cache, ledger or spool yet"
        case .locked: "another instance holds the lock"
        case .usage: "usage error"
        case .temporary: "temporary: disk full, spool not writable or database busy; nothing is lost, run it again"
        case .configuration: "configuration error"
        case .interrupted: "ended by SIGINT, after requests being worked on were finished or put back"
        case .terminated: "ended by SIGTERM, after requests being worked on were finished or put back"
        }
    }

    /// What whoever started the command should do.
    package var advice: String {
        switch self {
        case .done: "nothing"
        case .partial: "look today"
        case .refused: "act now"
        case .unexpected, .uninitialised, .locked: "look"
        case .rejections, .idle: "as you asked for"
        case .usage, .configuration: "fix it"
        case .temporary: "try again"
        case .interrupted, .terminated: "nothing"
        }
    }

    /// How a pass over the spool ends: what could not be settled outranks what was asked to fail on.
    package static func ofPass(
        malformed: Int,
        deferred: Int,
        rejected: Int,
        taken: Int,
        keysUsable: Bool = true,
        failOnRejected: Bool = false,
        failIfIdle: Bool = false
    ) -> ExitCode {
        if !keysUsable { return .refused }
        if malformed > 0 || deferred > 0 { return .partial }
        if failOnRejected, rejected > 0 { return .rejections }
        return failIfIdle && taken == 0 ? .idle : .done
    }

    /// How a refresh ends.
    package static func ofRefresh(due: Int, failed: Int, changed: Int, failIfIdle: Bool = false) -> ExitCode {
        if failed > 0 { return failed == due ? .refused : .partial }
        return failIfIdle && changed == 0 ? .idle : .done
    }

    /// How a command ends that a system call stopped: what passes by itself is temporary.
    package static func ofSystemError(_ number: Int32) -> ExitCode {
        ErrorText.isTemporary(number) ? .temporary : .unexpected
    }
}
