import Crypto
import Encoding
import Foundation
import GRDB
import Ledger
import OpenBanking

/// A ledger's file in a folder of its own, gone with the object.
final class TemporaryLedger {
    /// 2026-11-22T10:00:00Z.
    static let now: UnixTime = 1_795_341_600

    let folder: URL
    var path: String { folder.appendingPathComponent("ledger.sqlite").path }

    /// The bytes of a page, as SQLite makes databases unless it is told otherwise.
    let pageSize = 4096

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "counterfoil-ledger-\(UUID().uuidString)"
        )
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func open(_ options: LedgerOptions = LedgerOptions()) throws -> Ledger { try Ledger.open(path, options) }

    /// A connection beside those of the ledger, which waits for the thread that moves its log.
    private func queue() throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.busyMode = .timeout(60)
        return try DatabaseQueue(path: path, configuration: configuration)
    }

    /// Changes the file behind the ledger's back.
    func tamper(_ sql: String) throws {
        try queue().writeWithoutTransaction { try $0.execute(sql: sql) }
    }

    /// Takes the file back to version 4, in which each table had indexes of its own for the keys of its rows.
    func makeVersion4() throws {
        try makeVersion6()
        try queue().write { db in
            for trigger in ["statement_known", "statement_entered", "request_known", "request_entered"] {
                try db.execute(sql: "DROP TRIGGER \(trigger)")
            }
            for trigger in ["request_renamed", "client_entered"] { try db.execute(sql: "DROP TRIGGER \(trigger)") }
            for table in ["recent_key", "key_run", "key_block", "key_filter", "client_software"] {
                try db.execute(sql: "DROP TABLE \(table)")
            }
            for (table, key) in [("request", "request_sha256 BLOB NOT NULL"), ("client", "client_id TEXT NOT NULL")] {
                let text = try String.fetchOne(db, sql: "SELECT sql FROM sqlite_schema WHERE name = '\(table)'") ?? ""
                let unique = text.replacingOccurrences(of: key, with: "\(key) UNIQUE")
                    .replacingOccurrences(of: "jti_key BLOB", with: "jti_key BLOB UNIQUE")
                    .replacingOccurrences(of: "\"\(table)\"", with: "old_\(table)")
                try db.execute(sql: unique)
                try db.execute(sql: "INSERT INTO old_\(table) SELECT * FROM \(table)")
                try db.execute(sql: "DROP TABLE \(table)")
                try db.execute(sql: "ALTER TABLE old_\(table) RENAME TO \(table)")
            }
            for index in [
                "client_software ON client (software_id, environment) WHERE deleted_at IS NULL",
                "client_issued ON client (issued_at)", "client_change ON client (change)",
            ] { try db.execute(sql: "CREATE INDEX \(index)") }
            try db.execute(
                sql: """
                    CREATE TABLE old (jti_key BLOB PRIMARY KEY CHECK (length(jti_key) = 32),
                      first_seen_at INTEGER NOT NULL) STRICT, WITHOUT ROWID
                    """
            )
            try db.execute(sql: "INSERT INTO old SELECT jti_key, first_seen_at FROM statement")
            try db.execute(sql: "DROP TABLE statement")
            try db.execute(sql: "ALTER TABLE old RENAME TO statement")
            try db.execute(sql: "DELETE FROM meta WHERE name IN ('keys_sealed_through', 'software_through')")
            try db.execute(sql: "DELETE FROM grdb_migrations WHERE identifier > '4'")
            try db.execute(sql: "PRAGMA user_version = 4")
        }
    }

    /// Takes the file, in which nothing was merged, back to version 5, in which a kind had one run of keys to a level.
    func makeVersion5() throws {
        try makeVersion6()
        try queue().write { db in
            try db.execute(
                sql: """
                    CREATE TABLE old (run INTEGER PRIMARY KEY, kind INTEGER NOT NULL, level INTEGER NOT NULL,
                      entries INTEGER NOT NULL, UNIQUE (kind, level)) STRICT
                    """
            )
            try db.execute(sql: "INSERT INTO old SELECT run, kind, level, entries FROM key_run")
            try db.execute(sql: "DROP TABLE key_run")
            try db.execute(sql: "ALTER TABLE old RENAME TO key_run")
            try db.execute(sql: "DELETE FROM grdb_migrations WHERE identifier > '5'")
            try db.execute(sql: "PRAGMA user_version = 5")
        }
    }

    /// Takes the file back to version 6, in which a group's name, lost results and deleted clients were searched for.
    func makeVersion6() throws {
        for index in ["work_group_name", "outbox_lost", "client_deleted"] { try tamper("DROP INDEX \(index)") }
        try tamper("DELETE FROM grdb_migrations WHERE identifier > '6'")
        try tamper("PRAGMA user_version = 6")
    }

    func number(_ sql: String) throws -> Int {
        try queue().read { try Int.fetchOne($0, sql: sql) ?? 0 }
    }

    /// Every byte the ledger has on disk: database and write-ahead log.
    func bytes() throws -> Data {
        try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .reduce(into: Data()) { $0.append(try Data(contentsOf: $1)) }
    }

    static func request(_ text: String, jti: String? = nil, line: Int? = nil, isRetry: Bool = false) -> RequestEntry {
        RequestEntry(
            requestSHA256: SHA256Digest.of(text),
            jtiKey: jti.map { RequestEntry.jtiKey(issuer: ByteSlice("software1"), jti: ByteSlice($0)) },
            resultName: "\(text).json",
            line: line,
            decidedAt: now,
            isRetry: isRetry
        )
    }

    static func client(_ id: String, software: String = "software1", secretHash: [UInt8]? = nil) -> ClientRecord {
        ClientRecord(
            clientID: id,
            softwareID: software,
            organisationID: "0015800001041RbAAI",
            environment: .sandbox,
            channel: .dcr,
            authenticationMethod: "tls_client_auth",
            secretHash: secretHash,
            issuedAt: now,
            requestSHA256: SHA256Digest.of(id),
            certificateFingerprint: SHA256Digest.of("certificate").hex,
            summary: #"{"scope":"openid accounts"}"#
        )
    }
}

extension Ledger {
    /// Enters a request and finishes it when it is new.
    func decide(_ request: RequestEntry, _ outcome: Outcome = .accepted, clientID: String? = nil) throws -> Entry {
        try group(at: request.decidedAt) { group throws(LedgerError) in
            let entry = try group.enter(request)
            if case .new(let number) = entry { try group.finish(number, outcome, clientID: clientID) }
            return entry
        }
    }
}

extension Entry {
    var prior: PriorResult? {
        if case .duplicate(let prior) = self { prior } else { nil }
    }
}
