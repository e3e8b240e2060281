import Encoding
import OpenBanking

extension Evidence {
    /// Settles by which older time this may be judged, if by any: the bank's own record of the registration.
    ///
    /// Never what a signer wrote, and never the time of a file. What claims to be younger than that record cannot have
    /// been what was registered, so that nothing is relaxed for it.
    func settleEvidenceTime() {
        guard mode == .migration else { return }
        guard let time = existing?.registeredAt else {
            return evidenceLack = "the record brings no existing.registered_at"
        }
        guard now - time <= policy.migration.maxHistory else {
            return evidenceLack = "existing.registered_at is older than policy.migration.max_history"
        }
        let latest = time + policy.clockSkew
        guard (stated(.issuedAt)?.integral ?? .max) <= latest else {
            return evidenceLack = "the software statement is younger than existing.registered_at, or has no iat"
        }
        guard !has(.dynamic) || (claim(.issuedAt)?.integral ?? .max) <= latest else {
            return evidenceLack = "the request is younger than existing.registered_at, or has no iat"
        }
        evidenceTime = min(time, now)
    }

    /// What to ask of the history of a key that signed at `signedAt`; nil where nothing may be judged by the past.
    func pastQuestion(signedAt: UnixTime) -> PastQuestion? {
        evidenceTime.map {
            PastQuestion(signedAt: signedAt, evidenceTime: $0, now: now, maxHistory: policy.migration.maxHistory)
        }
    }
}
