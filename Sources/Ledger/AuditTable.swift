import Crypto
import Encoding
import GRDB

/// The audit trail: appended to, never changed.
package struct AuditTable {
    private let insert: Prepared
    private let from: Prepared
    private let stream = SHA256Stream()

    init(_ db: Database) throws(LedgerError) {
        insert = try Prepared("INSERT INTO audit (number, at, line, previous, hash) VALUES (?, ?, ?, ?, ?)", db)
        let columns = "SELECT number, at, line, previous, hash FROM audit"
        from = try Prepared("\(columns) WHERE number >= ? ORDER BY number", db)
    }

    /// Lends the lines from `number` on, until `body` says false.
    package func forEach(
        from number: Int64 = 1,
        _ body: (AuditLine) throws(LedgerError) -> Bool
    ) throws(LedgerError) {
        try from.each(.integer(number)) { row throws(LedgerError) in try body(Self.line(row)) }
    }

    func append(_ text: ByteSlice, at now: UnixTime, after head: AuditHead) throws(LedgerError) -> AuditHead {
        let number = head.number + 1
        let hash = AuditChain.hash(previous: head.hash, number: number, at: now, text: text, by: stream)
        try insert.run(.integer(number), .integer(now), .slice(text), .digest(head.hash), .digest(hash))
        return AuditHead(number: number, hash: hash)
    }

    /// Recomputes the chain and compares its end with `head`.
    func verify(against head: AuditHead) throws(LedgerError) -> AuditChain.Check {
        var reached = AuditHead(number: 0, hash: AuditChain.start)
        var flaw: AuditChain.Check?
        try forEach { line throws(LedgerError) in
            let number = reached.number + 1
            if line.number != number {
                flaw = .broken(at: number, .gap)
            } else if line.previous != reached.hash {
                flaw = .broken(at: number, .link)
            } else if AuditChain.hash(previous: line.previous, number: number, at: line.at, text: line.text)
                != line.hash
            {
                flaw = .broken(at: number, .content)
            }
            reached = AuditHead(number: line.number, hash: line.hash)
            return flaw == nil
        }
        if let flaw { return flaw }
        return reached == head
            ? .intact(lines: reached.number, head: reached.hash)
            : .broken(at: reached.number, .cut)
    }

    private static func line(_ row: Prepared) -> AuditLine {
        AuditLine(
            number: row.integer(0),
            at: row.integer(1),
            text: row.text(2),
            previous: row.digest(3),
            hash: row.digest(4)
        )
    }
}
