package import Encoding

/// All verified revocation lists of a snapshot, found by issuer.
package struct RevocationLists: Sendable {
    private let byIssuer: [[UInt8]: [RevocationList]]
    private let settings: RevocationSettings
    private let grace: Int64

    /// Keeps `lists`, each of which must have been verified; where two cover a certificate, the newer one counts.
    ///
    /// `grace` is for how many seconds after its nextUpdate a list still counts as good: an operator's choice.
    package init(_ lists: [RevocationList] = [], grace: Int64 = 0) {
        self.init(lists, settings: .standard, grace: grace)
    }

    init(_ lists: [RevocationList], settings: RevocationSettings, grace: Int64 = 0) {
        self.settings = settings
        self.grace = max(0, grace)
        let taken = lists.filter { settings.takesDeltas || $0.base == nil }
        byIssuer = Dictionary(grouping: taken, by: \.issuerDER).mapValues { group in
            group.sorted { ($0.number, $0.thisUpdate) > ($1.number, $1.thisUpdate) }
        }
    }

    /// How many issuers have a list.
    package var issuerCount: Int { byIssuer.count }

    /// Whether any list has this serial number, whoever issued it; where none has, no certificate with it is revoked.
    package func lists(_ serial: SerialNumber) -> Bool {
        byIssuer.values.contains { lists in lists.contains { $0.serials[serial] != nil } }
    }

    /// What is known of `certificate` at `now`.
    ///
    /// A root has no list above it and is good for ever. Lists for some reasons only count together: the certificate
    /// is good when, between them, they speak for all.
    package func state(of certificate: Certificate, at now: UnixTime) -> RevocationState {
        if certificate.isAnchor, certificate.isAuthority { return .good(until: .max) }
        let lists = lists(of: certificate)
        var reasons: RevocationReasons = []
        var until = UnixTime.max
        for list in lists where list.base == nil && !list.scope.reasons.isSubset(of: reasons) {
            switch state(of: certificate, on: list, at: now, among: lists) {
            case .revoked(let at, let reason): return .revoked(at: at, reason: reason)
            case .good(let end), .stale(let end): until = min(until, end)
            case .unknown: continue
            }
            reasons.formUnion(list.scope.reasons)
        }
        let (end, isBeyond) = until.addingReportingOverflow(grace)
        return reasons == .all ? RevocationState.good(until: isBeyond ? .max : end).asOf(now) : .unknown
    }

    /// The least good that is known of `certificates` at `now`; good for ever when there are none.
    package func state(ofAll certificates: [Certificate], at now: UnixTime) -> RevocationState {
        certificates.map { state(of: $0, at: now) }.reduce(.good(until: .max)) { $0.worse(of: $1) }
    }

    /// The lists that cover `certificate`, the newest first.
    private func lists(of certificate: Certificate) -> [RevocationList] {
        let named =
            byIssuer[certificate.issuerDER]
            ?? byIssuer.values.first { $0.first?.issuer.matches(certificate.issuer) ?? false }
        return (named ?? []).filter { $0.covers(certificate, byOtherKey: settings.takesOtherKeys) }
    }

    /// What `list` says, and the newest delta to it.
    private func state(
        of certificate: Certificate,
        on list: RevocationList,
        at now: UnixTime,
        among lists: [RevocationList]
    ) -> RevocationState {
        let complete = list.entry(of: certificate, at: now)
        guard let delta = lists.first(where: { $0.amends(list) }) else { return complete }
        switch (delta.entry(of: certificate, at: now), complete) {
        case (.revoked(_, .removeFromList), _): return .good(until: min(list.nextUpdate, delta.nextUpdate)).asOf(now)
        case (.revoked(let at, let reason), _): return .revoked(at: at, reason: reason)
        case (let amended, .good(let until)): return amended.worse(of: .good(until: until))
        case (_, let complete): return complete
        }
    }
}
