import Crypto
import Ledger
import Testing

@Suite("Ledger: the audit trail")
struct AuditTests {
    typealias Fixture = TemporaryLedger

    static func filled() throws -> Fixture {
        let fixture = try Fixture()
        let ledger = try fixture.open()
        for start in [0, 3] {
            try ledger.group(at: Fixture.now + Int64(start)) { group throws(LedgerError) in
                for number in start..<start + 3 { try group.append(audit: "{\"event\":\(number)}") }
            }
        }
        return fixture
    }

    static func check(_ fixture: Fixture) throws -> AuditChain.Check {
        try Ledger.openReadOnly(fixture.path).read(at: 0) { group throws(LedgerError) in try group.verifyAudit() }
    }

    @Test("six lines over two groups fit, and their head follows from their content")
    func intact() throws {
        var head = AuditChain.start
        for number in 0..<6 {
            head = AuditChain.hash(
                previous: head,
                number: Int64(number) + 1,
                at: Fixture.now + (number < 3 ? 0 : 3),
                text: "{\"event\":\(number)}"
            )
        }
        #expect(try Self.check(Self.filled()) == .intact(lines: 6, head: head))
    }

    @Test("an empty trail is intact")
    func empty() throws {
        let fixture = try Fixture()
        _ = try fixture.open()
        #expect(try Self.check(fixture) == .intact(lines: 0, head: AuditChain.start))
    }

    @Test("a group given up leaves no line, and the chain goes on")
    func abandoned() throws {
        let fixture = try Self.filled()
        let ledger = try fixture.open()
        #expect(throws: LedgerError.abandoned("x")) {
            try ledger.group(at: 1) { group throws(LedgerError) in
                try group.append(audit: "never")
                throw .abandoned("x")
            }
        }
        try ledger.group(at: 1) { group throws(LedgerError) in
            try group.append(audit: "seventh")
            #expect(try group.auditEnd().number == 7)
            guard case .intact(7, _) = try group.verifyAudit() else { throw .corrupt("audit") }
        }
    }

    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let sql: String
        let check: AuditChain.Check

        init(_ reason: String, _ sql: String, _ check: AuditChain.Check) {
            (testDescription, self.sql, self.check) = (reason, sql, check)
        }
    }

    @Test(
        "a change behind the ledger's back is found",
        arguments: [
            Row("a line's text", "UPDATE audit SET line = '{}' WHERE number = 3", .broken(at: 3, .content)),
            Row("a line's time", "UPDATE audit SET at = at + 1 WHERE number = 4", .broken(at: 4, .content)),
            Row("a line's hash", "UPDATE audit SET hash = randomblob(32) WHERE number = 2", .broken(at: 2, .content)),
            Row("a line's link", "UPDATE audit SET previous = randomblob(32) WHERE number = 2", .broken(at: 2, .link)),
            Row("a line taken out", "DELETE FROM audit WHERE number = 3", .broken(at: 3, .gap)),
            Row("the first line taken out", "DELETE FROM audit WHERE number = 1", .broken(at: 1, .gap)),
            Row("the last line taken out", "DELETE FROM audit WHERE number = 6", .broken(at: 5, .cut)),
            Row("every line taken out", "DELETE FROM audit", .broken(at: 0, .cut)),
        ]
    )
    func changed(_ row: Row) throws {
        let fixture = try Self.filled()
        try fixture.tamper(row.sql)
        #expect(try Self.check(fixture) == row.check)
    }

    @Test("two lines exchanged are found")
    func exchanged() throws {
        let fixture = try Self.filled()
        try fixture.tamper(
            """
            UPDATE audit SET number = -1 WHERE number = 2; UPDATE audit SET number = 2 WHERE number = 3;
            UPDATE audit SET number = 3 WHERE number = -1
            """
        )
        #expect(try Self.check(fixture) == .broken(at: 2, .link))
    }
}
