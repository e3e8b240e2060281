import Encoding
import KeyCache
import OpenBanking
import Rules

extension PastKey {
    /// A key of the cache's history, judged for one older registration.
    init(_ known: HistoricKey, _ question: PastQuestion) {
        let verdict = known.migrationVerdict(
            signedAt: question.signedAt,
            evidenceTime: question.evidenceTime,
            now: question.now,
            maxHistory: question.maxHistory
        )
        let stay = known.periods.last { ($0.fromLow ?? $0.fromHigh) <= question.signedAt } ?? known.periods.last
        self.init(
            key: known.key,
            state: known.state(at: question.now).rawValue,
            interval: KeyEvidence.Interval(
                fromLow: stay?.fromLow,
                fromHigh: stay?.fromHigh,
                toLow: stay?.toLow,
                toHigh: stay?.toHigh
            ),
            verdict: Self.verdict(verdict)
        )
    }

    private static func verdict(_ verdict: MigrationVerdict) -> Verdict {
        switch verdict {
        case .accepted: .admitted(flag: nil)
        case .acceptedWithFlag(let flag): .admitted(flag: flag.rawValue)
        case .refused(let reason): .refused(words(reason))
        case .parked(.pending): .waiting("waits for an operator to accept its set")
        case .parked(.quarantined): .waiting("is held until an operator accepts it")
        case .parked(.keysUnusable): .waiting("is of a set that is too old to use")
        case .unknown: .waiting("has a history that does not reach back to its beginning")
        }
    }

    private static func words(_ reason: MigrationVerdict.Refusal) -> String {
        switch reason {
        case .signedInFuture: "signed in the future"
        case .signedBeforeLife: "was not published yet when it signed"
        case .signedAfterLife: "was not published any more when it signed"
        case .signedBetweenLives: "was not published at the moment it signed"
        case .noEvidence: "is of the past, and nothing but its own word says when it signed"
        case .evidenceInFuture: "is vouched for by a registration in the future"
        case .evidenceTooOld: "is vouched for by a registration older than policy.migration.max_history"
        case .evidenceOutsideCertificate: "was not in its certificate's time when the client was registered"
        case .revoked: "is revoked, for a reason that spares nothing it signed"
        case .evidenceAfterRevocation: "was revoked before the client was registered"
        }
    }
}
