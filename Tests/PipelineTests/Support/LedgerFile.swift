import Crypto
import Foundation
import GRDB
import Ledger

extension Place {
    /// Runs `body` while another process, so to speak, is writing to the ledger.
    func withLockedLedger(_ body: () throws -> Void) throws {
        let other = try DatabaseQueue(path: folder / "ledger.sqlite")
        try other.inDatabase { db in
            try db.execute(sql: "BEGIN IMMEDIATE")
            defer { try? db.execute(sql: "ROLLBACK") }
            try body()
        }
    }

    /// The results the ledger knows by another hash than their bytes have, or that are not there.
    var unfaithfulResults: [String] {
        get throws {
            let queue = try DatabaseQueue(path: folder / "ledger.sqlite")
            let rows = try queue.read { db in try Row.fetchAll(db, sql: "SELECT result, sha256 FROM outbox") }
            return try rows.compactMap { row in
                let name: String = row["result"]
                guard has(name) else { return name }
                return SHA256Digest.of(try folder.read("spool/" + name)).bytes == Array(row["sha256"] as Data)
                    ? nil : name
            }
        }
    }
}
