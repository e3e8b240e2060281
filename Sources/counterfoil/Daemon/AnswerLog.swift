import Crypto
import Encoding
import OpenBanking
import Operations
import Pipeline

/// What a pass puts into the log of single requests: each that begins to wait or waited too long, up to a number of
/// them, and on the level debug every outcome.
///
/// A class, because the pass calls it through a closure; the thread of the pass alone uses it.
final class AnswerLog {
    private let log: Log
    private let deadline: UnixTime
    private let tellsAll: Bool
    private var deferred = 0

    /// How many requests that begin to wait are told one by one in a pass.
    static let limit = 20

    /// A log of a pass that begins `now`, at a site where requests wait `retryFor` seconds at most.
    init(_ log: Log, retryFor: Int64, at now: UnixTime) {
        self.log = log
        deadline = now + retryFor
        tellsAll = log.writes(Event.requestOutcome.level)
    }

    /// Hears of one request that was answered.
    func hear(_ answer: AnsweredRequest) {
        if answer.hasExpired {
            log.write(.requestExpired, "A request waited as long as it may", about(answer) + wanted(answer))
        } else if answer.outcome == .deferred, !answer.isRetry {
            deferred += 1
            if deferred <= Self.limit {
                let fields = about(answer) + wanted(answer) + [.time(.deadline, deadline)]
                log.write(.requestDeferred, "A request waits for keys", fields)
            }
        }
        guard tellsAll else { return }
        let rule = answer.rule.map { [LogField.rule($0)] } ?? []
        log.write(.requestOutcome, "Answered a request", about(answer) + [.outcome(answer.outcome)] + rule)
    }

    /// Says how many were not told one by one.
    func finish() {
        guard deferred > Self.limit else { return }
        log(.requestMore, "More requests wait for keys", .count(.deferred, deferred - Self.limit))
    }

    private func about(_ answer: AnsweredRequest) -> [LogField] {
        let line = answer.line.map { [LogField.line($0)] } ?? []
        return [.requestDigest(answer.request.hex), .path(answer.file)] + line
    }

    /// The first of what it waits for.
    private func wanted(_ answer: AnsweredRequest) -> [LogField] {
        guard let key = answer.wanted.first else { return [] }
        let kid = key.keyID.map { [LogField.keyID($0)] } ?? []
        return [.source(key.url)] + kid
    }
}
