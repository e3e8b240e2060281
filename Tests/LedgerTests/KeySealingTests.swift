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

    /// Where a key may lie when it is asked for: how many requests come behind the one that has it.
    struct Place: CustomTestStringConvertible {
        let testDescription: String
        let later: Int
        let sealed: Int

        init(_ description: String, later: Int, sealed: Int) {
            (testDescription, self.later, self.sealed) = (description, later, sealed)
        }
    }

    @Test(
        "a request and its twin are known wherever the key lies",
        arguments: [
            Place("recent", later: 0, sealed: 0),
            Place("sealed with the group it came in", later: 4, sealed: 1),
            Place("merged into the second level", later: 14, sealed: 1),
            Place("in a level below others", later: 34, sealed: 2),
            Place("sealed, with others recent", later: 7, sealed: 1),
        ]
    )
    func places(_ place: Place) throws {
        let fixture = try Fixture()
        let ledger = try fixture.open(KeyModelTests.options())
        _ = try Self.enter(ledger, "first")
        for number in 0..<place.later { _ = try Self.enter(ledger, "later\(number)") }
        let levels = try fixture.number("SELECT count(*) FROM key_run WHERE kind = 0")
        #expect(levels == place.sealed)
        for options in [KeyModelTests.options(), LedgerOptions()] {
            let other = try fixture.open(options)
            #expect(try Self.enter(other, "first")?.match == .bytes)
            #expect(try other.decide(Fixture.request("other", jti: "first")).prior?.match == .jti)
            #expect(throws: LedgerError.self) {
                try other.group(at: Fixture.now) { group throws(LedgerError) in
                    try group.clients.issue(Fixture.client("first"))
                }
            }
        }
        #expect(try fixture.number("SELECT count(*) FROM request") == place.later + 1)
        #expect(try fixture.number("SELECT count(*) FROM client") == place.later + 1)
    }

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
        #expect(try fixture.number("SELECT max(level) FROM key_run") > 1)
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
            #expect(try Self.enter(after, "r\(committed)") == nil)
            #expect(try Self.enter(after, "r\(committed - 1)") != nil)
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
        #expect(throws: LedgerError.olderSchema(found: 4, known: 5)) { try Ledger.openReadOnly(fixture.path) }
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
