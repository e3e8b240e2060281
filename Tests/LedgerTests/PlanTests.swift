import GRDB
import GRDBSQLite
import Testing

@testable import Ledger

/// How the ledger's statements find their rows, in SQLite's own words: a start, a pass and `status` take as long in a
/// ledger of years as in a new one.
@Suite("Ledger: statements are look-ups")
struct PlanTests {
    /// A statement that goes through a table or an index from its beginning, and why that stays short.
    struct Walk: Sendable {
        /// What tells the statement from all others.
        let statement: String
        /// What SQLite says of it.
        let step: String
        let why: String

        init(_ statement: String, _ step: String, _ why: String) {
            (self.statement, self.step, self.why) = (statement, step, why)
        }
    }

    private static let status = "pragma_page_count"

    static let walks = [
        Walk(status, "SCAN client USING INDEX client_deleted", "holds a few bytes for each deleted client"),
        Walk(status, "SCAN deferred USING COVERING INDEX deferred_due", "what waits, no more"),
        Walk(status, "SCAN outbox USING INDEX outbox_lost", "holds lost results alone"),
        Walk(status, "SCAN batch USING INDEX batch_open", "holds batches that are not done"),
        Walk(status, "SCAN export", "its last row"),
        Walk(status, "SCAN pragma_page_count VIRTUAL TABLE INDEX 0:", "one number"),
        Walk(status, "SCAN pragma_page_size VIRTUAL TABLE INDEX 0:", "one number"),
        Walk("FROM key_run ORDER BY run", "SCAN key_run", "a few runs on a few levels"),
        Walk("SELECT count(*) FROM deferred", "SCAN deferred USING COVERING INDEX deferred_due", "what waits, no more"),
        Walk("state <> 'done' AND state IN", "SCAN batch USING INDEX batch_open", "holds batches that are not done"),
        Walk("WHERE lost = 1 ORDER BY number", "SCAN outbox USING INDEX outbox_lost", "holds lost results alone"),
        Walk("SELECT count(*) FROM (SELECT number FROM client_software", "SCAN (subquery-2)", "one software's clients"),
        Walk("FROM export WHERE ?1 IS NULL", "SCAN export", "a row for each whole export; to the last of its format"),
        Walk("substr(file, 1, length(?1) + 1)", "SCAN batch", "a row for each batch; an operator asks for one by name"),
    ]

    @Test("each goes by a key, or is named with the reason why what it reads stays small")
    func plans() throws {
        let fixture = try TemporaryLedger()
        _ = try fixture.open()
        try DatabaseQueue(path: fixture.path).writeWithoutTransaction { db in
            let tables = try LedgerTables(db, auditEnd: nil, KeyLimits())
            let statements = withExtendedLifetime(tables) { Self.compiled(in: db) } + (try Self.triggered(in: db))
            #expect(statements.count > 60, "\(statements.count)")
            var walked = Set<Int>()
            for statement in statements {
                let steps = try Prepared("EXPLAIN QUERY PLAN \(statement)", db).all { $0.text(3) }
                for step in steps where step.hasPrefix("SCAN ") && step != "SCAN CONSTANT ROW" {
                    let walk = Self.walks.firstIndex { statement.contains($0.statement) && step == $0.step }
                    if let walk { walked.insert(walk) }
                    #expect(walk != nil, "\(step): \(statement)")
                }
            }
            let idle = Self.walks.indices.filter { !walked.contains($0) }.map { Self.walks[$0].step }
            #expect(idle.isEmpty, "reasons of no statement: \(idle)")
        }
    }

    /// What a start asks of each group underway and of all results that may not have appeared.
    @Test(
        "what a start asks is asked of an index",
        arguments: [
            ("FROM work_group WHERE name = ? LIMIT 1", "work_group_name (name=?)"),
            ("FROM outbox WHERE group_number IN", "outbox_group (group_number=?)"),
            ("WHERE lost = 0 AND group_number >", "outbox_group (group_number>?)"),
        ]
    )
    func start(_ row: (statement: String, index: String)) throws {
        let fixture = try TemporaryLedger()
        _ = try fixture.open()
        try DatabaseQueue(path: fixture.path).writeWithoutTransaction { db in
            let tables = try LedgerTables(db, auditEnd: nil, KeyLimits())
            let statements = withExtendedLifetime(tables) { Self.compiled(in: db) }
            let statement = try #require(statements.first { $0.contains(row.statement) && !$0.contains(Self.status) })
            let steps = try Prepared("EXPLAIN QUERY PLAN \(statement)", db).all { $0.text(3) }
            #expect(steps.contains { $0.hasPrefix("SEARCH ") && $0.hasSuffix(row.index) }, "\(steps)")
        }
    }

    /// Every statement that is compiled on a connection.
    private static func compiled(in db: Database) -> [String] {
        var statements: [String] = []
        var next = sqlite3_next_stmt(db.sqliteConnection, nil)
        while let statement = next {
            statements.append(String(cString: sqlite3_sql(statement)))
            next = sqlite3_next_stmt(db.sqliteConnection, statement)
        }
        return statements
    }

    /// The statements within triggers, and what they ask first, with a parameter for each value of the row.
    private static func triggered(in db: Database) throws -> [String] {
        try String.fetchAll(db, sql: "SELECT sql FROM sqlite_schema WHERE type = 'trigger'").flatMap { text in
            let text = text.replacing(/(NEW|OLD)\.[a-z_0-9]+/, with: "?")
            let parts = text.split(separator: "BEGIN", maxSplits: 1).map(String.init)
            let head = parts[0].firstRange(of: "WHEN ").map { ["SELECT \(parts[0][$0.upperBound...])"] } ?? []
            let body = parts[1].split(separator: ";").dropLast().map(String.init)
            return head + body.filter { !$0.contains("RAISE") }
        }
    }
}
