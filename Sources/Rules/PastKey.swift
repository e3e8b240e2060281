package import Encoding
package import JOSE
package import OpenBanking

/// What a migration asks of a key's history.
package struct PastQuestion: Sendable, Equatable {
    /// When the signature says it was made; the signer's word.
    package var signedAt: UnixTime
    /// When the bank registered the client, by its own records.
    package var evidenceTime: UnixTime
    package var now: UnixTime
    /// How far back history counts, in seconds.
    package var maxHistory: UnixTime

    package init(signedAt: UnixTime, evidenceTime: UnixTime, now: UnixTime, maxHistory: UnixTime) {
        self.signedAt = signedAt
        self.evidenceTime = evidenceTime
        self.now = now
        self.maxHistory = maxHistory
    }
}

/// A key that a set listed once, and whether its history lets it vouch for an older registration.
package struct PastKey: Sendable {
    /// What the history says.
    package enum Verdict: Sendable, Equatable {
        /// It was good then; `flag` is what an operator should know nevertheless, such as a later revocation.
        case admitted(flag: String?)
        /// It was not; the rest of a sentence that begins with the key.
        case refused(String)
        /// History does not reach there, or an operator must decide; the rest of such a sentence.
        case waiting(String)
    }

    /// The most keys of one kid that are tried.
    package static let limit = 8

    package var key: VerificationKey
    /// Where the key is in its life now, in one word: active, retired, archived, expired, quarantined, revoked.
    package var state: String
    package var interval: KeyEvidence.Interval
    package var verdict: Verdict

    package init(key: VerificationKey, state: String, interval: KeyEvidence.Interval, verdict: Verdict) {
        self.key = key
        self.state = state
        self.interval = interval
        self.verdict = verdict
    }

    package var isAdmitted: Bool { if case .admitted = verdict { true } else { false } }

    package var isRevoked: Bool { state == "revoked" }

    /// What an operator should know of an admitted key.
    package var flag: String? { if case .admitted(let flag) = verdict { flag } else { nil } }

    /// Whether the revocation of the key is no objection, because the registration is older and the reason harmless.
    func admitsRevocation(_ r: Evidence) -> Bool { r.relaxedTo != nil && isAdmitted }
}
