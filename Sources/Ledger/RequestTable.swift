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
    private let byNumber: Prepared
    private let keys: KeyTable

    init(_ db: Database, _ keys: KeyTable) throws(LedgerError) {
        self.keys = keys
        insert = try Prepared(
            """
            INSERT INTO request (request_sha256, jti_key, result_name, line, decided_at, outcome, client_id)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            db
        )
        reopen = try Prepared(
            """
            UPDATE request SET outcome = ?6, client_id = ?7, jti_key = ?2, result_name = ?3, line = ?4, decided_at = ?5
            WHERE number = ?1 AND outcome = 'deferred'
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
        byBytes = try Prepared("\(columns) WHERE number = ? AND request_sha256 = ?", db)
        byJTI = try Prepared("\(columns) WHERE number = ? AND jti_key = ?", db)
        byNumber = try Prepared(
            "SELECT outcome, client_id, result_name, line, decided_at, request_sha256 FROM request WHERE number = ?",
            db
        )
        inVain = try Prepared(
            """
            SELECT number FROM request WHERE number = ? AND outcome = 'deferred'
              AND NOT EXISTS (SELECT 1 FROM deferred WHERE deferred.request_sha256 = request.request_sha256)
            """,
            db
        )
    }

    /// The first result of a request with these bytes.
    package func find(_ requestSHA256: SHA256Digest) throws(LedgerError) -> PriorResult? {
        let key = LedgerKey.request(requestSHA256)
        return try row(key, among: keys.numbers(of: key))?.result
    }

    /// The first result of a request with this (iss, jti), see `RequestEntry.jtiKey(issuer:jti:)`.
    package func find(jtiKey: SHA256Digest) throws(LedgerError) -> PriorResult? {
        let key = LedgerKey.jti(jtiKey)
        return try row(key, among: keys.numbers(of: key))?.result
    }

    /// The requests whose digest begins with these bytes (1 to 32), at most `limit` of them.
    package func find(
        prefix: [UInt8],
        limit: Int = 16
    ) throws(LedgerError) -> [(digest: SHA256Digest, result: PriorResult)] {
        let rest = 32 - prefix.count
        guard !prefix.isEmpty, rest >= 0,
            let low = SHA256Digest(bytes: prefix + Array(repeating: 0, count: rest)),
            let high = SHA256Digest(bytes: prefix + Array(repeating: 0xFF, count: rest))
        else { return [] }
        var found: [SHA256Digest: PriorResult] = [:]
        for number in try keys.numbers(from: .request(low), through: .request(high), limit: limit) {
            _ = try byNumber.first(.integer(number)) { row in
                let digest = row.digest(5)
                if digest.bytes.starts(with: prefix) { found[digest] = Self.prior(row, .bytes) }
            }
        }
        return found.sorted { $0.key.hex < $1.key.hex }.prefix(limit).map { ($0.key, $0.value) }
    }

    /// Enters a request; of one that is known, bytes count before the (iss, jti).
    func enter(_ entry: RequestEntry) throws(LedgerError) -> Entry {
        guard try !isSealed(entry) else { return try known(entry) }
        try insert.run(
            .digest(entry.requestSHA256),
            .digest(entry.jtiKey),
            .text(entry.resultName),
            .integer(entry.line),
            .integer(entry.decidedAt),
            .text(entry.foreseen?.outcome.rawValue),
            .text(entry.foreseen?.clientID)
        )
        return insert.changes == 1 ? .new(insert.insertedRow) : try known(entry)
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

    /// Whether the bytes or the (iss, jti) of a request are among the sealed keys; the others the database refuses.
    private func isSealed(_ entry: RequestEntry) throws(LedgerError) -> Bool {
        let key = LedgerKey.request(entry.requestSHA256)
        if try row(key, among: keys.sealedNumbers(of: key)) != nil { return true }
        guard let jti = entry.jtiKey.map({ LedgerKey.jti($0) }) else { return false }
        return try row(jti, among: keys.sealedNumbers(of: jti)) != nil
    }

    /// What to do with a request that is known: a deferred one may be tried again, any other is a duplicate.
    private func known(_ entry: RequestEntry) throws(LedgerError) -> Entry {
        let key = LedgerKey.request(entry.requestSHA256)
        let same = try row(key, among: keys.numbers(of: key))
        var twin: (number: Int64, result: PriorResult?)?
        if let jti = entry.jtiKey.map({ LedgerKey.jti($0) }) { twin = try row(jti, among: keys.numbers(of: jti)) }
        var isRetry = entry.isRetry
        if let same {
            if !isRetry { isRetry = try waitedInVain(same.number) }
            if isRetry, twin == nil, try reopened(same.number, entry) { return .new(same.number) }
        }
        if let prior = same?.result, !(isRetry && prior.outcome == .deferred) { return .duplicate(prior) }
        if let prior = twin?.result { return .duplicate(prior) }
        throw .misuse("a request was entered while its twin in the group was not finished")
    }

    /// The row that has this key, of those that may have it; its result is nil while it is not decided.
    private func row(
        _ key: LedgerKey,
        among numbers: [Int64]
    ) throws(LedgerError) -> (number: Int64, result: PriorResult?)? {
        let (statement, match): (Prepared, PriorResult.Match) = key.kind == .jti ? (byJTI, .jti) : (byBytes, .bytes)
        for number in numbers {
            let found = try statement.first(.integer(number), key.value) { (number, Self.prior($0, match)) }
            if let found { return found }
        }
        return nil
    }

    /// True for a request that waited for keys and was given up: come again, it is tried again.
    private func waitedInVain(_ number: Int64) throws(LedgerError) -> Bool {
        try inVain.first(.integer(number)) { $0.integer(0) } != nil
    }

    private func reopened(_ number: Int64, _ entry: RequestEntry) throws(LedgerError) -> Bool {
        try reopen.run(
            .integer(number),
            .digest(entry.jtiKey),
            .text(entry.resultName),
            .integer(entry.line),
            .integer(entry.decidedAt),
            .text(entry.foreseen?.outcome.rawValue),
            .text(entry.foreseen?.clientID)
        )
        return reopen.changes == 1
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
