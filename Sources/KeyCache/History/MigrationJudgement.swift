package import Encoding

extension HistoricKey {
    /// How far clocks may differ.
    package static let clockSkew: Int64 = 60
    /// The oldest evidence taken unless the operator says otherwise: seven years.
    package static let maximumHistory: Int64 = 7 * 366 * 86400

    /// Judges a signature that verified under this key, in a migration batch (the migration column of the states' table).
    ///
    /// `signedAt` is the signer's own word (`iat`). `evidenceTime` must be somebody else's: the bank's old registration in
    /// the batch's manifest, never a file's date; nil where there is none. All times are seconds since 1970, `maxHistory`
    /// is in seconds.
    package func migrationVerdict(
        signedAt: UnixTime,
        evidenceTime: UnixTime?,
        now: UnixTime,
        maxHistory: Int64 = HistoricKey.maximumHistory
    ) -> MigrationVerdict {
        let latest = now.addingClamped(Self.clockSkew)
        if signedAt > latest { return .refused(.signedInFuture) }
        if let evidenceTime, evidenceTime > latest { return .refused(.evidenceInFuture) }
        let verdict: MigrationVerdict
        switch state(at: now) {
        case .active: verdict = .accepted
        case .retired: verdict = retired(signedAt)
        case .archived where leftInQuarantine: verdict = .parked(.quarantined)
        case .archived: verdict = archived(signedAt, evidenceTime, now, maxHistory)
        case .expired: verdict = expired(signedAt, evidenceTime)
        case .revoked: verdict = revoked(signedAt, evidenceTime)
        case .quarantined: verdict = .parked(.quarantined)
        case .pending: verdict = .parked(.pending)
        case .dropped: verdict = .unknown
        }
        switch verdict {
        case .accepted, .acceptedWithFlag:
            // What may have been revoked without our knowing vouches for nothing.
            guard let usableUntil, now < usableUntil else { return .parked(.keysUnusable) }
            return verdict
        case .refused, .parked, .unknown: return verdict
        }
    }

    private func retired(_ signedAt: UnixTime) -> MigrationVerdict {
        guard let lastSeen else { return .accepted }
        return signedAt <= lastSeen.addingClamped(Self.clockSkew) ? .accepted : .refused(.signedAfterLife)
    }

    private func archived(
        _ signedAt: UnixTime,
        _ evidenceTime: UnixTime?,
        _ now: UnixTime,
        _ maxHistory: Int64
    ) -> MigrationVerdict {
        if let fault = outsideLife(signedAt) { return fault }
        guard let evidenceTime else { return .refused(.noEvidence) }
        guard now.subtractingClamped(evidenceTime) <= maxHistory else { return .refused(.evidenceTooOld) }
        let end = periods.last?.toHigh ?? .max
        return evidenceTime > end.addingClamped(Self.clockSkew) ? .acceptedWithFlag(.evidenceAfterLife) : .accepted
    }

    private func expired(_ signedAt: UnixTime, _ evidenceTime: UnixTime?) -> MigrationVerdict {
        let covering = windows.filter { $0.contains(signedAt, skew: Self.clockSkew) }
        guard !covering.isEmpty else { return outsideWindows(signedAt) }
        guard let evidenceTime else { return .refused(.noEvidence) }
        let isInside = covering.contains { $0.contains(evidenceTime, skew: Self.clockSkew) }
        return isInside ? .accepted : .refused(.evidenceOutsideCertificate)
    }

    private func revoked(_ signedAt: UnixTime, _ evidenceTime: UnixTime?) -> MigrationVerdict {
        guard let revocation, revocation.isHarmless else { return .refused(.revoked) }
        guard let evidenceTime else { return .refused(.noEvidence) }
        guard evidenceTime < revocation.at else { return .refused(.evidenceAfterRevocation) }
        guard signedAt < revocation.at else { return .refused(.signedAfterLife) }
        return outsideLife(signedAt) ?? .acceptedWithFlag(.revokedLater)
    }

    /// What is wrong with a time at which the key was surely not in its set, by the widest reading of each stay.
    private func outsideLife(_ time: UnixTime) -> MigrationVerdict? {
        let stays = periods.map { widest($0) }
        let skew = Self.clockSkew
        let covers = stays.contains { start, end in
            (start.map { time >= $0.subtractingClamped(skew) } ?? false) && time <= end.addingClamped(skew)
        }
        if covers {
            return windows.contains { $0.contains(time, skew: skew) } ? nil : outsideWindows(time)
        }
        guard let first = stays.first, let last = stays.last else { return .unknown }
        if time > last.end.addingClamped(skew) { return .refused(.signedAfterLife) }
        guard let start = first.start else {
            return time <= first.end.addingClamped(skew) ? .unknown : .refused(.signedBetweenLives)
        }
        return .refused(time < start.subtractingClamped(skew) ? .signedBeforeLife : .signedBetweenLives)
    }

    private func outsideWindows(_ time: UnixTime) -> MigrationVerdict {
        let isEarly = windows.allSatisfy { !$0.contains(time, skew: Self.clockSkew) && time < ($0.notBefore ?? .min) }
        return .refused(isEarly ? .signedBeforeLife : .signedAfterLife)
    }

    /// A stay from the last body without the key to the first without it again.
    ///
    /// A key that was there from the first body on began with its certificate, where that has a path; else nobody knows.
    private func widest(_ period: ListedPeriod) -> (start: UnixTime?, end: UnixTime) {
        let declared = windows.filter(\.isTrusted).compactMap(\.notBefore).min()
        return (period.fromLow ?? declared, period.toHigh ?? .max)
    }
}
