import Crypto
import Foundation
import GRDB
import Ledger
import Spool
import Testing

extension Place {
    /// A connection beside those of the ledger, which waits for the thread that moves its log.
    private func otherConnection() throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        configuration.busyMode = .timeout(60)
        return try DatabaseQueue(path: folder / "ledger.sqlite", configuration: configuration)
    }

    /// Runs `body` while another process, so to speak, is writing to the ledger.
    func withLockedLedger(_ body: () throws -> Void) throws {
        let other = try otherConnection()
        try other.inDatabase { db in
            try db.execute(sql: "BEGIN IMMEDIATE")
            defer { try? db.execute(sql: "ROLLBACK") }
            try body()
        }
    }

    /// Another process that holds the ledger from now on, for as long as it is kept.
    func lockLedger() throws -> DatabaseQueue {
        let other = try otherConnection()
        try other.inDatabase { db in try db.execute(sql: "BEGIN IMMEDIATE") }
        return other
    }

    /// Makes the ledger believe that no result of its groups appeared yet, as after a stop behind the commit.
    func forgetPublishing() throws {
        let other = try otherConnection()
        try other.write { db in try db.execute(sql: "UPDATE meta SET value = '0' WHERE name = 'published_through'") }
    }

    /// Makes the ledger believe that its first result was lost, under the name of a later one.
    func loseFirst(as name: String) throws {
        let other = try otherConnection()
        try other.write { db in
            try db.execute(
                sql: "UPDATE outbox SET lost = 1, staged = ?1, result = ?2 WHERE number = 1",
                arguments: [name, "results/\(World.day)/\(name)"]
            )
        }
    }

    /// Takes the only batch back to where its results are committed and not known to have appeared.
    func reopenBatch() throws {
        try forgetPublishing()
        let file = try #require(lying(in: .archive).first)
        let group = file.split(separator: "/")[1]
        try FileManager.default.moveItem(
            atPath: folder / "spool/archive/\(World.day)/\(group)",
            toPath: folder / "spool/active/\(group)"
        )
        let other = try otherConnection()
        try other.write { db in try db.execute(sql: "UPDATE batch SET state = 'complete'") }
    }

    /// The results the ledger knows by another hash than their bytes have, or that are not there.
    var unfaithfulResults: [String] {
        get throws {
            let queue = try otherConnection()
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
