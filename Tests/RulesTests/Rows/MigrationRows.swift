import Crypto
import Encoding
import JOSE
import OpenBanking

@testable import Rules
@testable import Simulator

/// Old registrations judged as of their own time, and what may not be judged so (mode migration).
let migrationRows: [Row] =
    [
        old(good: "a registration of a year ago, its keys still active"),
        old(.statementAge, "without the bank's date", and: [.notExpired], registeredAt: nil),
        old(.statementAge, "dated before it was signed", and: [.notExpired], registeredAt: then - 61),
        old(good: "dated at the skew before it was signed", registeredAt: then - 60),
        old(.notExpired, "dated after the request expired", registeredAt: then + 1800 + 61),
        old(good: "dated just before the request expired", registeredAt: then + 1800 + 60),
        old(.statementAge, "older than history goes", and: [.notExpired]) {
            $0.policy.migration.maxHistory = year - 1
        },
        old(good: "as old as history goes") { $0.policy.migration.maxHistory = year },
        old(.statementAge, "in an ordinary batch", and: [.notExpired]) {
            $0.mode = .ordinary
            $0.request.record["existing"] = nil
        },
        old(good: "with exp in the statement, which held then") { $0.stated.append("exp", .number(then + 600)) },
        old(.statementWindow, "with exp in the statement, which was over then") {
            $0.stated.append("exp", .number(then - 600))
        },
        old(.audience, "for another bank: no matter of time") { $0.claims["aud"] = "0015800001041ZZZZZ" },
        old(.requestSignature, "with a broken signature: no matter of time") {
            $0.request.token.damage = .flippedSignature
        },
        old(.organisationStatus, "of an organisation that was withdrawn: no matter of time") {
            $0.stated["org_status"] = "Withdrawn"
        },

        // Keys that left their sets.
        old(good: "signed with a key of the past that was good then") { try $0.forget(.admitted(flag: nil)) },
        old(good: "signed with one that was superseded later") {
            try $0.forget(.admitted(flag: "key_revoked_later"), state: "revoked")
        },
        old(.requestKeyKnown, "signed with one that was not good then") { try $0.forget(.refused("was gone")) },
        old(.requestKeyNotRevoked, "signed with one that is revoked", and: [.requestKeyKnown]) {
            try $0.forget(.refused("is revoked"), state: "revoked")
        },
        old(.requestKeyNotRevoked, "signed with one that somebody else knows as revoked") {
            try $0.forget(.admitted(flag: nil))
            $0.world.revokedKeyIDs[$0.software.signing.key.kid] = Stage.now - 5
        },
        old(.requestKeyNotRevoked, "signed with one that was superseded, and is on the bank's deny list") {
            try $0.forget(.admitted(flag: "key_revoked_later"), state: "revoked")
            $0.policy.deniedKeys = [$0.software.signing.key.privateKey.publicKey.spkiSHA256]
        },
        waits(.requestKeyKnown, "signed with one that waits") { try $0.forget(.waiting("is held")) },
        waits(.requestKeyKnown, "signed with one that no history knows") { try $0.forget(nil) },
        waits(.requestKeyKnown, "the same, where the set is younger than the request") {
            try $0.forget(nil)
            try $0.fetchAfterArrival()
        },
        old(
            .requestKeyKnown,
            "signed with one of the past, without the bank's date",
            and: [.statementAge, .notExpired]
        ) {
            $0.request.record["existing"] = nil
            $0.migrate(registeredAt: nil)
            try $0.forget(.admitted(flag: nil))
            try $0.fetchAfterArrival()
        },

        // The directory's key.
        old(good: "a statement signed with a directory key of the past") {
            try $0.forgetDirectory(.admitted(flag: nil))
        },
        old(.directoryKeyKnown, "a statement signed with one that was not good then") {
            try $0.forgetDirectory(.refused("was gone"))
        },
        waits(.directoryKeyKnown, "a statement signed with one no history knows") { try $0.forgetDirectory(nil) },

        // The certificate.
        old(good: "a certificate that expired since, and was listed then") {
            try $0.presentExpired(until: then + 3600, past: .admitted(flag: nil))
        },
        old(.certificateWindow, "a certificate that had expired then") {
            try $0.presentExpired(until: then - 3600, past: .admitted(flag: nil))
        },
        old(.membership, "a certificate that was not listed then") {
            try $0.presentExpired(until: then + 3600, past: .refused("was not listed"))
        },
        waits(.membership, "a certificate no history lists") { try $0.presentExpired(until: then + 3600, past: nil) },
    ]
    + wrongExisting.map { name, value in
        Row(.readableRecord, "existing is \(name)", .malformed) {
            $0.mode = .migration
            $0.request.record.append("existing", value)
        }
    } + [
        Row(.readableRecord, "existing in an ordinary record", .malformed) {
            $0.migrate()
            $0.mode = .ordinary
        },
        Row(.readableRecord, "existing in an update", .malformed) {
            $0.migrate()
            $0.request.record["operation"] = "update"
            $0.request.record.append("client_id", "c-1")
        },
        Row(good: "no existing in a record of a migration") { $0.mode = .migration },
        Row(good: "existing of null, in an ordinary record") { $0.request.record.append("existing", .null) },
    ]

private let wrongExisting: [(String, DraftValue)] = [
    ("a string", "x"), ("a list", []), ("empty", .object([:])),
    ("without client_id", .object(["registered_at": "2022-03-01T10:00:00Z"])),
    ("of an empty client_id", .object(["client_id": ""])),
    ("of a client_id with a space", .object(["client_id": "a b"])),
    ("of a client_id of 129 characters", .object(["client_id": .text(String(repeating: "a", count: 129))])),
    ("of a client_id with a quote", .object(["client_id": "a\"b"])),
    ("of a number as client_id", .object(["client_id": 5])),
    ("of an empty secret", .object(["client_id": "a", "client_secret": ""])),
    (
        "of a secret of 257 characters",
        .object(["client_id": "a", "client_secret": .text(String(repeating: "s", count: 257))])
    ),
    ("of a number as secret", .object(["client_id": "a", "client_secret": 1])),
    ("of secret and hash", .object(["client_id": "a", "client_secret": "s", "client_secret_hash": "h"])),
    (
        "of a hash of 513 characters",
        .object(["client_id": "a", "client_secret_hash": .text(String(repeating: "h", count: 513))])
    ),
    ("of a date that is none", .object(["client_id": "a", "registered_at": "yesterday"])),
    ("of a date in seconds", .object(["client_id": "a", "registered_at": 1_646_128_800])),
    (
        "of a date in the future",
        .object(["client_id": "a", "registered_at": .text(Timestamp.rfc3339(Stage.now + 61))])
    ),
]

private let year = 365 * Stage.day
private let then = Stage.now - year

/// An old registration that is judged exactly so.
private func old(
    good name: String,
    registeredAt: UnixTime? = then,
    _ change: @escaping @Sendable (inout Registration) throws -> Void = { _ in }
) -> Row {
    Row(good: name) {
        $0.age(registeredAt)
        try change(&$0)
    }
}

private func old(
    _ rule: RuleID,
    _ name: String,
    and companions: Set<RuleID> = [],
    _ outcome: Outcome = .rejected,
    registeredAt: UnixTime? = then,
    _ change: @escaping @Sendable (inout Registration) throws -> Void = { _ in }
) -> Row {
    Row(rule, name, and: companions, outcome) {
        $0.age(registeredAt)
        try change(&$0)
    }
}

private func waits(
    _ rule: RuleID,
    _ name: String,
    _ change: @escaping @Sendable (inout Registration) throws -> Void
) -> Row { old(rule, name, .deferred, change) }

extension Registration {
    /// Signed a year ago, brought by a migration today.
    fileprivate mutating func age(_ registeredAt: UnixTime?) {
        claims["iat"] = .number(then)
        claims["exp"] = .number(then + 1800)
        stated["iat"] = .number(then - 3600)
        policy.certificateRevocation = .off
        migrate(registeredAt: registeredAt)
    }

    /// Takes the signing key out of the software's set; its history says this of it, where there is one.
    fileprivate mutating func forget(_ verdict: PastKey.Verdict?, state: String = "archived") throws {
        let kid = software.signing.key.kid
        try remember(kid, of: try softwareURL, verdict, state)
        world.remake(try softwareURL, keys: { $0.kid != Array(kid.utf8) })
    }

    fileprivate mutating func forgetDirectory(_ verdict: PastKey.Verdict?) throws {
        let kid = try Stage.directory.signingKey.kid
        try remember(kid, of: directoryURL, verdict, "archived")
        world.remake(directoryURL, keys: { $0.kid != Array(kid.utf8) })
    }

    private mutating func remember(_ kid: String, of url: String, _ verdict: PastKey.Verdict?, _ state: String) throws {
        guard let verdict, let key = world.sets[url]?.candidates(kid: ByteSlice(kid)).first else { return }
        world.past[kid] = PastKey(key: key, state: state, interval: .init(), verdict: verdict)
    }

    /// Presents a certificate whose time ended, which no set lists any more.
    fileprivate mutating func presentExpired(until end: UnixTime, past verdict: PastKey.Verdict?) throws {
        try present(listed: false) {
            $0.notBefore = then - 100 * Stage.day
            $0.notAfter = end
        }
        guard let verdict, let key = world.sets[try softwareURL]?.keys.first(where: { $0.use == .tls }) else { return }
        world.pastCertificate = PastKey(key: key, state: "archived", interval: .init(), verdict: verdict)
    }
}
