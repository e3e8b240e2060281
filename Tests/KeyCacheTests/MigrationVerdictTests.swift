import Crypto
import Encoding
import JOSE
import PKIX
import Testing

@testable import KeyCache

/// Every cell of the migration column of the states' table; times are hours from the start of the world.
@Suite("Whether a key may vouch in a migration batch")
struct MigrationVerdictTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let name: String
        var state = ListingState.active
        var periods = [Stay(0, 1)]
        var windows = [Window()]
        var grace: Int64?
        var revoked: (at: Int64, reason: RevocationReason?)?
        var signed: Int64 = 5
        var evidence: Int64? = 6
        var now: Int64 = 100
        var usableUntil: Int64? = 200
        var history: Int64 = 1000
        let verdict: MigrationVerdict
        var testDescription: String { name }
    }

    /// A stay that came in (fromLow, fromHigh] and went in (toLow, toHigh].
    struct Stay: Sendable {
        let fromLow, toLow, toHigh: Int64?
        let fromHigh: Int64

        init(_ fromLow: Int64?, _ fromHigh: Int64, _ toLow: Int64? = nil, _ toHigh: Int64? = nil) {
            (self.fromLow, self.fromHigh, self.toLow, self.toHigh) = (fromLow, fromHigh, toLow, toHigh)
        }
    }

    struct Window: Sendable {
        var notBefore: Int64?
        var notAfter: Int64?
        var isTrusted = true
    }

    static let gone = [Stay(0, 1, 10, 11)]
    static let goneTwice = [Stay(0, 1, 10, 11), Stay(20, 21, 30, 31)]
    static let certified = [Window(notBefore: -10, notAfter: 50)]

    static let lives: [Row] = [
        Row(name: "active: yes", verdict: .accepted),
        Row(name: "active: yes without evidence", evidence: nil, verdict: .accepted),
        Row(name: "active: also for what is older than the key is known", signed: -50, verdict: .accepted),
        Row(name: "active: not from the future", signed: 101, verdict: .refused(.signedInFuture)),
        Row(name: "any: no evidence from the future", evidence: 101, verdict: .refused(.evidenceInFuture)),
        Row(name: "active: the source is too old", usableUntil: 100, verdict: .parked(.keysUnusable)),
        Row(name: "active: the source never came", usableUntil: nil, verdict: .parked(.keysUnusable)),
        Row(
            name: "retired: signed before it was last seen",
            state: .retired,
            periods: gone,
            grace: 200,
            verdict: .accepted
        ),
        Row(
            name: "retired: signed after it was last seen",
            state: .retired,
            periods: gone,
            grace: 200,
            signed: 11,
            verdict: .refused(.signedAfterLife)
        ),
        Row(
            name: "retired: the grace is over, so archived",
            state: .retired,
            periods: gone,
            grace: 99,
            evidence: nil,
            verdict: .refused(.noEvidence)
        ),
        Row(name: "archived: signed in its life", state: .archived, periods: gone, verdict: .accepted),
        Row(name: "archived: at the widest end", state: .archived, periods: gone, signed: 11, verdict: .accepted),
        Row(name: "archived: at the widest beginning", state: .archived, periods: gone, signed: 0, verdict: .accepted),
        Row(
            name: "archived: too late",
            state: .archived,
            periods: gone,
            signed: 12,
            verdict: .refused(.signedAfterLife)
        ),
        Row(
            name: "archived: too early",
            state: .archived,
            periods: gone,
            signed: -1,
            verdict: .refused(.signedBeforeLife)
        ),
        Row(
            name: "archived: no evidence",
            state: .archived,
            periods: gone,
            evidence: nil,
            verdict: .refused(.noEvidence)
        ),
        Row(
            name: "archived: evidence too old",
            state: .archived,
            periods: gone,
            history: 93,
            verdict: .refused(.evidenceTooOld)
        ),
        Row(
            name: "archived: evidence just not too old",
            state: .archived,
            periods: gone,
            history: 94,
            verdict: .accepted
        ),
        Row(
            name: "archived: evidence from after its life",
            state: .archived,
            periods: gone,
            evidence: 12,
            verdict: .acceptedWithFlag(.evidenceAfterLife)
        ),
        Row(name: "archived: beginning unknown", state: .archived, periods: [Stay(nil, 1, 10, 11)], verdict: .unknown),
        Row(
            name: "archived: beginning unknown, but too late anyway",
            state: .archived,
            periods: [Stay(nil, 1, 10, 11)],
            signed: 12,
            verdict: .refused(.signedAfterLife)
        ),
        Row(
            name: "archived: beginning told by the certificate",
            state: .archived,
            periods: [Stay(nil, 1, 10, 11)],
            windows: certified,
            verdict: .accepted
        ),
        Row(
            name: "archived: beginning told by a stranger's certificate",
            state: .archived,
            periods: [Stay(nil, 1, 10, 11)],
            windows: [Window(notBefore: -10, notAfter: 50, isTrusted: false)],
            verdict: .unknown
        ),
        Row(
            name: "archived: between two stays",
            state: .archived,
            periods: goneTwice,
            signed: 15,
            verdict: .refused(.signedBetweenLives)
        ),
        Row(name: "archived: in the second stay", state: .archived, periods: goneTwice, signed: 25, verdict: .accepted),
        Row(
            name: "archived: the certificate narrows",
            state: .archived,
            periods: gone,
            windows: [Window(notBefore: 6, notAfter: 50)],
            verdict: .refused(.signedBeforeLife)
        ),
        Row(
            name: "archived: the source is too old",
            state: .archived,
            periods: gone,
            usableUntil: 100,
            verdict: .parked(.keysUnusable)
        ),
    ]

    static let reasons = RevocationReason.allCases.filter { $0 != .superseded && $0 != .cessationOfOperation }.map {
        Row(name: "revoked: \($0)", state: .revoked, revoked: (50, $0), verdict: .refused(.revoked))
    }

    @Test("every cell", arguments: lives + ends + reasons)
    func cell(_ row: Row) {
        let key = Self.key(row)
        let verdict = key.migrationVerdict(
            signedAt: Self.time(row.signed),
            evidenceTime: row.evidence.map(Self.time),
            now: Self.time(row.now),
            maxHistory: row.history * World.hour
        )
        #expect(verdict == row.verdict)
    }

    @Test("no time traps", arguments: [UnixTime.min, -1, 0, .max])
    func extremes(_ time: UnixTime) {
        for row in Self.lives + Self.ends {
            let key = Self.key(row)
            for other in [UnixTime.min, 0, .max] {
                _ = key.migrationVerdict(signedAt: time, evidenceTime: other, now: World.start, maxHistory: .max)
                _ = key.migrationVerdict(signedAt: other, evidenceTime: time, now: time, maxHistory: .min)
            }
        }
    }

    private static func time(_ hours: Int64) -> UnixTime { World.start + hours * World.hour }

    private static func key(_ row: Row) -> HistoricKey {
        HistoricKey(
            key: VerificationKey(
                restoring: World.pair("A").publicKey,
                thumbprint: .of([1]),
                index: 0,
                kid: [65],
                use: .sig,
                algorithm: nil,
                keyOperations: nil,
                certificate: nil
            ),
            state: row.state,
            graceUntil: row.grace.map(time),
            periods: row.periods.map {
                ListedPeriod(
                    fromLow: $0.fromLow.map(time),
                    fromHigh: time($0.fromHigh),
                    toLow: $0.toLow.map(time),
                    toHigh: $0.toHigh.map(time)
                )
            },
            windows: row.windows.map {
                KeyWindow(notBefore: $0.notBefore.map(time), notAfter: $0.notAfter.map(time), isTrusted: $0.isTrusted)
            },
            revocation: row.revoked.map { KeyRevocation(at: time($0.at), reason: $0.reason) },
            usableUntil: row.usableUntil.map(time)
        )
    }
}
