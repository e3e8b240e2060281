import Encoding
import GRDB

/// Every table with its statements compiled, once per connection.
struct LedgerTables {
    let keys: KeyTable
    let software: SoftwareIndex
    let group = GroupNumber()
    let requests: RequestTable
    let statements: StatementTable
    let clients: ClientTable
    let outbox: OutboxTable
    let batches: BatchTable
    let deferred: DeferredTable
    let exports: ExportTable
    let audit: AuditTable
    let meta: MetaTable
    let counters: CounterTable
    let summary: SummaryTable
    /// What stands in place of the closing brace of each audit line: who wrote it.
    let auditEnd: String?
    /// Where an audit line is put together.
    let auditLine = ByteBuffer(capacity: 2048)
    let lastGroup: Prepared
    let addGroup: Prepared
    let groupNamed: Prepared

    init(_ db: Database, auditEnd: String?, _ limits: KeyLimits) throws(LedgerError) {
        self.auditEnd = auditEnd
        keys = try KeyTable(db, limits)
        software = try SoftwareIndex(db, limits)
        requests = try RequestTable(db, keys)
        statements = try StatementTable(db, keys)
        clients = try ClientTable(db, keys, software, group)
        outbox = try OutboxTable(db)
        batches = try BatchTable(db)
        deferred = try DeferredTable(db)
        exports = try ExportTable(db)
        audit = try AuditTable(db)
        meta = try MetaTable(db)
        counters = try CounterTable(db)
        summary = try SummaryTable(db)
        lastGroup = try Prepared("SELECT coalesce(max(number), 0) FROM work_group", db)
        groupNamed = try Prepared("SELECT number FROM work_group WHERE name = ? LIMIT 1", db)
        addGroup = try Prepared(
            "INSERT INTO work_group (number, name, committed_at, requests) VALUES (?, ?, ?, ?)",
            db
        )
    }
}
