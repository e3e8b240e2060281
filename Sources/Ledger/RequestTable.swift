package import Crypto
import GRDB
package import OpenBanking

/// The requests decided so far, by the SHA-256 of their bytes and by (iss, jti).
package struct RequestTable {
    private let insert: Prepared
    private let reopen: Prepared
    private let settle: Prepared
    private let byBytes: Prepared
    private let byJTI: Prepared
    private let inVain: Prepared
    private let byPrefix: Prepared

    init(_ db: Database) throws(LedgerError) {
        insert = try Prepared(
            """
            INSERT INTO request (request_sha256, jti_key, result_name, line, decided_at, outcome, client_id)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO NOTHING
            """,
            db
        )
        reopen = try Prepared(
            """
            UPDATE request SET outcome = ?6, client_id = ?7, jti_key = ?2, result_name = ?3, line = ?4, decided_at = ?5
            WHERE request_sha256 = ?1 AND outcome = 'deferred'
              AND NOT EXISTS (SELECT 1 FROM request WHERE jti_key = ?2)
            RETURNING number
            """,
            db
        )
        settle = try Prepared(
            """
            UPDATE request SET outcome = ?2, client_id = ?3, jti_key = iif(?2 = 'deferred', NULL, jti_key),
              result_name = coalesce(?4, result_name)
            WHERE number = ?1
            """,
            db
        )
        let columns = "SELECT outcome, client_id, result_name, line, decided_at FROM request"
        byBytes = try Prepared("\(columns) WHERE request_sha256 = ?", db)
        byJTI = try Prepared("\(columns) WHERE jti_key = ?", db)
        byPrefix = try Prepared(
            """
            SELECT outcome, client_id, result_name, line, decided_at, request_sha256 FROM request
            WHERE request_sha256 >= ?1 AND request_sha256 <= ?2 ORDER BY request_sha256 LIMIT ?3
            """,
            db
        )
        inVain = try Prepared(
            """
            SELECT number FROM request WHERE request_sha256 = ?1 AND outcome = 'deferred'
              AND NOT EXISTS (SELECT 1 FROM deferred WHERE request_sha256 = ?1)
            """,
            db
        )
    }

    /// The first result of a request with these bytes.
    package func find(_ requestSHA256: SHA256Digest) throws(LedgerError) -> PriorResult? {
        try byBytes.first(.digest(requestSHA256)) { Self.prior($0, .bytes) } ?? nil
    }

    /// The first result of a request with this (iss, jti), see `RequestEntry.jtiKey(issuer:jti:)`.
    package func find(jtiKey: SHA256Digest) throws(LedgerError) -> PriorResult? {
        try byJTI.first(.digest(jtiKey)) { Self.prior($0, .jti) } ?? nil
    }

    /// The requests whose digest begins with these bytes (1 to 32), at most `limit` of them.
    package func find(
        prefix: [UInt8],
        limit: Int = 16
    ) throws(LedgerError) -> [(digest: SHA256Digest, result: PriorResult)] {
        guard (1...32).contains(prefix.count) else { return [] }
        let rest = 32 - prefix.count
        let (low, high) = (prefix + Array(repeating: 0, count: rest), prefix + Array(repeating: 0xFF, count: rest))
        return try byPrefix.all(.blob(low), .blob(high), .integer(limit)) { row in
            Self.prior(row, .bytes).map { (row.digest(5), $0) }
        }
        .compactMap { $0 }
    }

    func enter(_ entry: RequestEntry) throws(LedgerError) -> Entry {
        try insert.run(
            .digest(entry.requestSHA256),
            .digest(entry.jtiKey),
            .text(entry.resultName),
            .integer(entry.line),
            .integer(entry.decidedAt),
            .text(entry.foreseen?.outcome.rawValue),
            .text(entry.foreseen?.clientID)
        )
        if insert.changes == 1 { return .new(insert.insertedRow) }
        let isRetry = entry.isRetry ? true : try waitedInVain(entry.requestSHA256)
        if isRetry, let number = try reopened(entry) { return .new(number) }
        if let prior = try find(entry.requestSHA256), !(isRetry && prior.outcome == .deferred) {
            return .duplicate(prior)
        }
        if let key = entry.jtiKey, let prior = try byJTI.first(.digest(key), read: { Self.prior($0, .jti) }) ?? nil {
            return .duplicate(prior)
        }
        throw .misuse("a request was entered while its twin in the group was not finished")
    }

    func finish(
        _ number: Int64,
        _ outcome: Outcome,
        clientID: String?,
        resultName: String?
    ) throws(LedgerError) {
        try settle.run(.integer(number), .text(outcome.rawValue), .text(clientID), .text(resultName))
        guard settle.changes == 1 else { throw .missing("request \(number)") }
    }

    /// True for a request that waited for keys and was given up: come again, it is tried again.
    private func waitedInVain(_ requestSHA256: SHA256Digest) throws(LedgerError) -> Bool {
        try inVain.first(.digest(requestSHA256)) { $0.integer(0) } != nil
    }

    private func reopened(_ entry: RequestEntry) throws(LedgerError) -> Int64? {
        try reopen.first(
            .digest(entry.requestSHA256),
            .digest(entry.jtiKey),
            .text(entry.resultName),
            .integer(entry.line),
            .integer(entry.decidedAt),
            .text(entry.foreseen?.outcome.rawValue),
            .text(entry.foreseen?.clientID)
        ) { $0.integer(0) }
    }

    /// The result in the current row; nil when it is not decided yet.
    private static func prior(_ row: Prepared, _ match: PriorResult.Match) -> PriorResult? {
        guard let outcome = Outcome(rawValue: row.text(0)) else { return nil }
        return PriorResult(
            match: match,
            outcome: outcome,
            clientID: row.optionalText(1),
            resultName: row.text(2),
            line: row.optionalInteger(3).map { Int($0) },
            decidedAt: row.integer(4)
        )
    }
}
