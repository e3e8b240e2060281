import Crypto
import Encoding
import Foundation
import GRDB
import Ledger
import OpenBanking
import Testing

@Suite("Ledger: sealing keys")
struct KeySealingTests {
    typealias Fixture = TemporaryLedger

    @Test("a request and its twin are known wherever the key lies, and however far a merge is", arguments: [2, 8])
    func places(_ pace: Int) throws {
        let fixture = try Fixture()
        let options = KeyModelTests.options(pace: pace)
        let ledger = try fixture.open(options)
        _ = try Self.enter(ledger, "first")
        var seen: Set<String> = []
        for later in 0..<49 {
            for ledger in [ledger, try fixture.open(options)] {
                #expect(try Self.enter(ledger, "first")?.match == .bytes)
                #expect(try ledger.decide(Fixture.request("other", jti: "first")).prior?.match == .jti)
                #expect(throws: LedgerError.self) {
                    try ledger.group(at: Fixture.now) { group throws(LedgerError) in
                        try group.clients.issue(Fixture.client("first"))
                    }
                }
            }
            let found = try Ledger.openReadOnly(fixture.path).read(at: Fixture.now) { group throws(LedgerError) in
                try group.requests.find(prefix: Array(SHA256Digest.of("first").bytes.prefix(2))).count
            }
            #expect(found == 1)
            for (name, condition) in Self.situations where try fixture.number(condition) > 0 { seen.insert(name) }
            _ = try Self.enter(ledger, "later\(later)")
        }
        #expect(seen == Set(Self.situations.keys))
        #expect(try fixture.number("SELECT count(*) FROM request") == 50)
        #expect(try fixture.number("SELECT count(*) FROM client") == 50)
        let blocks = "SELECT count(*) FROM key_block WHERE NOT EXISTS (SELECT 1 FROM key_run WHERE run = place >> 40)"
        #expect(try fixture.number(blocks) == 0, "no block is left of a run that is gone")
    }

    /// Where keys may lie, and how that is seen.
    private static let situations = [
        "recent only": "SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM key_run)",
        "sealed, none recent": "SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM recent_key)",
        "merge not begun on": """
        SELECT 1 FROM key_run WHERE state = 1 AND NOT EXISTS (SELECT 1 FROM key_block WHERE place >> 40 = run)
        """,
        "spent, with blocks": """
        SELECT 1 FROM key_run WHERE state = 2 AND EXISTS (SELECT 1 FROM key_block WHERE place >> 40 = run)
        """,
        "a third level": "SELECT 1 FROM key_run WHERE state = 0 AND level = 3",
    ]

    @Test("two digests that begin alike are two, and blocks never part them")
    func alike() throws {
        let fixture = try Fixture()
        let ledger = try fixture.open(KeyModelTests.options())
        // The same first eight bytes in more rows than a block has room for, and others around them.
        let digests = (0..<40 as Range<UInt64>).map { number in
            SHA256Digest(number.isMultiple(of: 4) ? number << 32 : 0x1234_5678_9ABC_DEF0, number, 2, 3)
        }
        func request(_ digest: SHA256Digest, jti: UInt64) -> RequestEntry {
            var entry = Fixture.request(digest.hex)
            (entry.requestSHA256, entry.jtiKey) = (digest, SHA256Digest(0x0FED_CBA9_8765_4321, jti, 0, 0))
            return entry
        }
        for (number, digest) in digests.enumerated() {
            #expect(try ledger.decide(request(digest, jti: UInt64(number))).prior == nil)
        }
        #expect(try fixture.number("SELECT count(*) FROM key_run") > 2)
        for (number, digest) in digests.enumerated() {
            let prior = try ledger.decide(request(digest, jti: UInt64(number))).prior
            #expect(prior?.resultName == "\(digest.hex).json")
            let twin = try ledger.decide(request(.of("other\(number)"), jti: UInt64(number))).prior
            #expect(twin?.match == .jti && twin?.resultName == "\(digest.hex).json")
        }
        let unknown = SHA256Digest(0x1234_5678_9ABC_DEF0, 77, 2, 3)
        #expect(try ledger.decide(request(unknown, jti: 77)).prior == nil)
    }

    @Test("a stop at any write leaves what was committed known, and nothing else")
    func cuts() throws {
        let fixture = try Fixture()
        let ledger = try fixture.open(KeyModelTests.options())
        // The log is all of it, from an empty database on: each prefix of it is what a power cut may leave.
        let log = URL(fileURLWithPath: fixture.path + "-wal")
        var ends: [Int] = []
        for number in 0..<24 {
            _ = try Self.enter(ledger, "r\(number)")
            ends.append(try Data(contentsOf: log).count)
        }
        let bytes = try (Data(contentsOf: URL(fileURLWithPath: fixture.path)), Data(contentsOf: log))
        #expect(try fixture.number("SELECT max(level) FROM key_run WHERE state = 0") > 1)
        for cut in stride(from: try #require(ends.first), through: bytes.1.count, by: (24 + fixture.pageSize) * 5) {
            let copy = try Fixture()
            try bytes.0.write(to: URL(fileURLWithPath: copy.path))
            try bytes.1.prefix(cut).write(to: URL(fileURLWithPath: copy.path + "-wal"))
            let committed = ends.filter { $0 <= cut }.count
            let after = try copy.open(KeyModelTests.options())
            try after.read(at: Fixture.now) { group throws(LedgerError) in
                for number in 0..<24 {
                    let isKnown = try group.requests.find(.of("r\(number)")) != nil
                    #expect(isKnown == (number < committed), "r\(number) of \(committed) at \(cut)")
                    let isIssued = try group.clients.find("r\(number)") != nil
                    #expect(isIssued == isKnown)
                }
            }
            for number in 0..<36 {
                #expect(try (Self.enter(after, "r\(number)") == nil) == (number >= committed), "r\(number) at \(cut)")
            }
            for number in 0..<36 { #expect(try Self.enter(after, "r\(number)") != nil, "r\(number) at \(cut)") }
        }
    }

    @Test("a group that fails while its keys are sealed leaves the keys as they were", arguments: ["run", "block"])
    func failure(_ table: String) throws {
        let fixture = try Fixture()
        let ledger = try fixture.open(KeyModelTests.options())
        for number in 0..<4 { _ = try Self.enter(ledger, "r\(number)") }
        try fixture.tamper(
            "CREATE TRIGGER full BEFORE INSERT ON key_\(table) WHEN NEW.\(table == "run" ? "run" : "place") > 2 "
                + "BEGIN SELECT RAISE(ABORT, 'full'); END"
        )
        #expect(throws: LedgerError.constraint("full")) { _ = try Self.enter(ledger, "r4") }
        try fixture.tamper("DROP TRIGGER full")
        for number in 0..<4 { #expect(try Self.enter(ledger, "r\(number)") != nil) }
        #expect(try ledger.durability().secureDelete)
        #expect(try Self.enter(ledger, "r4") == nil)
        #expect(try Self.enter(ledger, "r4") != nil)
        #expect(try fixture.number("SELECT count(*) FROM recent_key") == 0)
    }

    @Test(
        "a group that fails while keys are merged leaves the merge where it was",
        arguments: ["INSERT ON key_block", "INSERT ON key_filter", "UPDATE ON key_run", "DELETE ON key_block"]
    )
    func failedMerge(_ event: String) throws {
        let fixture = try Fixture()
        let ledger = try fixture.open(KeyModelTests.options())
        var failed = 0
        for number in 0..<60 {
            // Of a merge only: a seal writes blocks of the newest run.
            let row =
                event.hasPrefix("UPDATE")
                ? "NEW.run" : event.hasPrefix("DELETE") ? "OLD.place >> 40" : "NEW.place >> 40"
            try fixture.tamper(
                """
                CREATE TRIGGER full BEFORE \(event) WHEN \(row) IN (SELECT run FROM key_run WHERE level > 1)
                BEGIN SELECT RAISE(ABORT, 'full'); END
                """
            )
            do {
                _ = try Self.enter(ledger, "r\(number)")
                try fixture.tamper("DROP TRIGGER full")
            } catch LedgerError.constraint("full") {
                failed += 1
                try fixture.tamper("DROP TRIGGER full")
                #expect(try ledger.durability().secureDelete)
                #expect(try Self.enter(ledger, "r\(number)") == nil)
            }
            for known in [0, number / 2, number] { #expect(try Self.enter(ledger, "r\(known)") != nil) }
        }
        #expect(failed > 0)
        try ledger.read(at: Fixture.now) { group throws(LedgerError) in
            for number in 0..<60 { #expect(try group.clients.find("r\(number)") != nil) }
        }
    }

    @Test("what a group has to merge is bounded by what it adds, however long the runs are")
    func bounded() throws {
        let fixture = try Fixture()
        let ledger = try fixture.open(KeyModelTests.options(recent: 8, fan: 3, pace: 8, block: 4))
        let written =
            "SELECT coalesce(sum(length(entries)), 0) / 12 FROM key_block WHERE place >> 40 IN"
            + " (SELECT run FROM key_run WHERE kind = 0 AND level > 1)"
        var before = 0
        for number in 0..<300 {
            _ = try Self.enter(ledger, "r\(number)")
            let now = try fixture.number(written)
            // What came since the last step, at 8 for each, and to the end of a block.
            #expect(now - before <= 8 * 8 + 4)
            before = now
        }
        #expect(try fixture.number("SELECT max(level) FROM key_run WHERE state = 0") == 4)
        #expect(try fixture.number("SELECT count(*) FROM key_run WHERE kind = 0 AND state <> 2") < 4 * 3 + 3)
    }

    @Test("a ledger of version 5 keeps its runs, which are merged with later ones")
    func runsOfVersion5() throws {
        let fixture = try Fixture()
        let old = try fixture.open(KeyModelTests.options(recent: 20, fan: 99))
        for number in 0..<20 { _ = try Self.enter(old, "r\(number)") }
        try fixture.makeVersion5()
        #expect(throws: LedgerError.olderSchema(found: 5, known: 7)) { try Ledger.openReadOnly(fixture.path) }
        let ledger = try fixture.open(KeyModelTests.options(pace: 8))
        for number in 0..<100 {
            #expect(try (Self.enter(ledger, "r\(number)") == nil) == (number >= 20))
            #expect(try Self.enter(ledger, "r\(number % 20)")?.match == .bytes)
        }
        #expect(try fixture.number("SELECT min(run) FROM key_run WHERE kind = 0") > 1, "the old run was merged")
        for number in 0..<100 { #expect(try Self.enter(ledger, "r\(number)") != nil) }
    }

    @Test("a ledger of version 4 keeps every key, and seals them a part at a time", arguments: [3, 65_536])
    func earlier(_ sealing: Int) throws {
        let fixture = try Fixture()
        let old = try fixture.open()
        for number in 0..<30 { _ = try Self.enter(old, "r\(number)") }
        _ = try old.decide(Fixture.request("waits", jti: "waits"), .deferred)
        try old.group(at: Fixture.now) { group throws(LedgerError) in
            try group.clients.tombstone("r7", at: Fixture.now)
            for number in 0..<30 { _ = try group.statements.note(.of("s\(number)"), at: Int64(number)) }
        }
        try fixture.makeVersion4()
        #expect(throws: LedgerError.olderSchema(found: 4, known: 7)) { try Ledger.openReadOnly(fixture.path) }
        let ledger = try fixture.open(KeyModelTests.options(sealing: sealing))
        for round in 0..<14 {
            for number in 0..<30 {
                #expect(try Self.enter(ledger, "r\(number)")?.match == .bytes)
                let twin = try ledger.decide(Fixture.request("twin", jti: "r\(number)")).prior
                #expect(twin?.resultName == "r\(number).json")
            }
            try ledger.group(at: Fixture.now) { group throws(LedgerError) in
                for number in 0..<30 {
                    #expect(try group.clients.find("r\(number)")?.isDeleted == (number == 7))
                    #expect(try group.statements.note(.of("s\(number)"), at: 99) == Int64(number))
                }
                #expect(try group.clients.countActive(softwareID: "software1", environment: .sandbox) == 29 + round)
                #expect(try group.requests.find(.of("waits"))?.outcome == .deferred)
            }
            #expect(try Self.enter(ledger, "new\(round)") == nil)
        }
        #expect(try fixture.number("SELECT count(*) FROM key_run") > 3)
        #expect(try fixture.number("SELECT count(*) FROM recent_key") < 30)
    }

    @Test("a row cannot come in without its keys, and not twice while they are recent, whoever writes it")
    func triggers() throws {
        let fixture = try Fixture()
        let ledger = try fixture.open()
        _ = try Self.enter(ledger, "r")
        let row = "SELECT request_sha256, jti_key, result_name, decided_at FROM request"
        try fixture.tamper("INSERT INTO request (request_sha256, jti_key, result_name, decided_at) \(row)")
        #expect(try fixture.number("SELECT count(*) FROM request") == 1)
        #expect(throws: DatabaseError.self) {
            try fixture.tamper("INSERT INTO client SELECT number + 1, client_id, \(Self.others) FROM client")
        }
        try fixture.tamper(
            "INSERT INTO request (request_sha256, result_name, outcome, decided_at) VALUES (zeroblob(32), 'x', 'accepted', 1)"
        )
        #expect(try ledger.decide(Self.zero).prior?.resultName == "x")
    }

    @Test("what a block holds is looked at before it is believed", arguments: ["x'00'", "x''", "zeroblob(13)"])
    func damage(_ block: String) throws {
        let fixture = try Fixture()
        let ledger = try fixture.open(KeyModelTests.options())
        for number in 0..<6 { _ = try Self.enter(ledger, "r\(number)") }
        try fixture.tamper("UPDATE key_block SET entries = \(block)")
        #expect(throws: LedgerError.corrupt("a block of keys")) { _ = try Self.enter(ledger, "r0") }
    }

    @Test("a filter that lost bits is damage, never an absence", arguments: ["zeroblob(length(bits))", "x'00'", nil])
    func lostBits(_ bits: String?) throws {
        let fixture = try Fixture()
        let ledger = try fixture.open(KeyModelTests.options())
        for number in 0..<6 { _ = try Self.enter(ledger, "r\(number)") }
        try fixture.tamper(bits.map { "UPDATE key_filter SET bits = \($0)" } ?? "DELETE FROM key_filter")
        let expected = bits == nil ? "a run of keys without its filter" : "a filter of keys"
        let other = try fixture.open(KeyModelTests.options())
        #expect(throws: LedgerError.corrupt(expected)) { _ = try Self.enter(other, "r0") }
    }

    @Test("a run that was rolled back leaves nothing behind where another process seals others under its number")
    func otherProcess() throws {
        let fixture = try Fixture()
        let one = try fixture.open(KeyModelTests.options())
        let other = try fixture.open(KeyModelTests.options())
        for number in 0..<4 { _ = try Self.enter(one, "r\(number)") }
        try fixture.tamper(
            "CREATE TRIGGER full BEFORE INSERT ON key_run WHEN NEW.kind = 2 BEGIN SELECT RAISE(ABORT, 'full'); END"
        )
        #expect(throws: LedgerError.constraint("full")) { _ = try Self.enter(one, "one") }
        try fixture.tamper("DROP TRIGGER full")
        #expect(try Self.enter(other, "other") == nil)
        #expect(try Self.enter(one, "other") != nil)
        #expect(try Self.enter(one, "one") == nil)
        for number in 0..<20 {
            #expect(try Self.enter(number.isMultiple(of: 2) ? one : other, "more\(number)") == nil)
            for name in ["other", "one", "r0", "more\(number)"] {
                #expect(try Self.enter(one, name) != nil && Self.enter(other, name) != nil, "\(name)")
            }
        }
    }

    private static let others = """
        software_id, org_id, organisation_identifier, environment, channel, auth_method, secret_hash, issued_at,
        updated_at, deleted_at, request_sha256, certificate_sha256, given_hash, origin, change, secret_request, summary
        """

    private static var zero: RequestEntry {
        var entry = Fixture.request("zero")
        entry.requestSHA256 = SHA256Digest(0, 0, 0, 0)
        return entry
    }

    /// Enters a request with a jti and a client of its name; returns the first result where it is known.
    private static func enter(_ ledger: Ledger, _ name: String) throws -> PriorResult? {
        try ledger.group(at: Fixture.now) { group throws(LedgerError) in
            switch try group.enter(Fixture.request(name, jti: name)) {
            case .duplicate(let prior): return prior
            case .new(let number):
                try group.clients.issue(Fixture.client(name))
                try group.finish(number, .accepted, clientID: name)
                return nil
            }
        }
    }
}
