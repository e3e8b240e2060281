import Crypto
import Encoding
import GRDB

/// Small facts by name: the end of the audit trail, the last pass, whatever a caller keeps between runs.
///
/// Never a secret.
package struct MetaTable {
    private let select: Prepared
    private let upsert: Prepared

    init(_ db: Database) throws(LedgerError) {
        select = try Prepared("SELECT value FROM meta WHERE name = ?", db)
        upsert = try Prepared(
            "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            db
        )
    }

    /// The value kept under `name`.
    package func value(_ name: String) throws(LedgerError) -> String? {
        try select.first(.text(name)) { $0.text(0) }
    }

    /// Keeps `value` under `name`.
    package func set(_ name: String, _ value: String) throws(LedgerError) {
        try upsert.run(.text(name), .text(value))
    }

    /// The last pass over the spool.
    package func lastPass() throws(LedgerError) -> PassRecord? {
        guard let started = try integer("pass_started_at") else { return nil }
        return PassRecord(
            startedAt: started,
            finishedAt: try integer("pass_finished_at"),
            requests: Int(try integer("pass_requests") ?? 0)
        )
    }

    /// Writes down the pass that runs or just ended.
    package func setLastPass(_ pass: PassRecord) throws(LedgerError) {
        try set("pass_started_at", String(pass.startedAt))
        try set("pass_finished_at", pass.finishedAt.map { String($0) } ?? "")
        try set("pass_requests", String(pass.requests))
    }

    func auditHead() throws(LedgerError) -> AuditHead {
        guard let number = try integer("audit_number"), let hex = try value("audit_hash"),
            let hash = Hex.decode(hex).flatMap({ SHA256Digest(bytes: $0) })
        else { return AuditHead(number: 0, hash: AuditChain.start) }
        return AuditHead(number: number, hash: hash)
    }

    func setAuditHead(_ head: AuditHead) throws(LedgerError) {
        try set("audit_number", String(head.number))
        try set("audit_hash", head.hash.hex)
    }

    private func integer(_ name: String) throws(LedgerError) -> Int64? {
        try value(name).flatMap { Int64($0) }
    }
}
