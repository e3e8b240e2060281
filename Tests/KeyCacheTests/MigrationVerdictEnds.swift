import Crypto
import Encoding
import JOSE
import PKIX
import Testing

@testable import KeyCache

/// Keys whose certificate ended or that were revoked.
extension MigrationVerdictTests {
    static let ends: [Row] = [
        Row(name: "expired: both inside the certificate", state: .expired, windows: certified, verdict: .accepted),
        Row(
            name: "expired: seen by its certificate, not swept yet",
            windows: certified,
            evidence: nil,
            verdict: .refused(.noEvidence)
        ),
        Row(
            name: "expired: signed later",
            state: .expired,
            windows: certified,
            signed: 51,
            verdict: .refused(.signedAfterLife)
        ),
        Row(
            name: "expired: signed earlier",
            state: .expired,
            windows: certified,
            signed: -11,
            verdict: .refused(.signedBeforeLife)
        ),
        Row(
            name: "expired: evidence later",
            state: .expired,
            windows: certified,
            evidence: 51,
            verdict: .refused(.evidenceOutsideCertificate)
        ),
        Row(
            name: "expired: evidence inside another certificate only",
            state: .expired,
            windows: certified + [Window(notBefore: 60, notAfter: 80)],
            evidence: 70,
            verdict: .refused(.evidenceOutsideCertificate)
        ),
        Row(
            name: "expired: no evidence",
            state: .expired,
            windows: certified,
            evidence: nil,
            verdict: .refused(.noEvidence)
        ),
        Row(
            name: "revoked: superseded later",
            state: .revoked,
            revoked: (50, .superseded),
            verdict: .acceptedWithFlag(.revokedLater)
        ),
        Row(
            name: "revoked: given up later",
            state: .revoked,
            revoked: (50, .cessationOfOperation),
            verdict: .acceptedWithFlag(.revokedLater)
        ),
        Row(
            name: "revoked: evidence not from before",
            state: .revoked,
            revoked: (6, .superseded),
            verdict: .refused(.evidenceAfterRevocation)
        ),
        Row(
            name: "revoked: signed after it",
            state: .revoked,
            revoked: (50, .superseded),
            signed: 50,
            verdict: .refused(.signedAfterLife)
        ),
        Row(
            name: "revoked: no evidence",
            state: .revoked,
            revoked: (50, .superseded),
            evidence: nil,
            verdict: .refused(.noEvidence)
        ),
        Row(
            name: "revoked: beginning unknown",
            state: .revoked,
            periods: [Stay(nil, 1)],
            revoked: (50, .superseded),
            verdict: .unknown
        ),
        Row(name: "revoked: no reason known", state: .revoked, revoked: (50, nil), verdict: .refused(.revoked)),
        Row(
            name: "revoked: whatever else is recorded",
            state: .archived,
            periods: gone,
            revoked: (50, nil),
            verdict: .refused(.revoked)
        ),
        Row(name: "quarantined: wait", state: .quarantined, verdict: .parked(.quarantined)),
    ]

    /// All other reasons spare nothing.
}
