import Encoding
import Exports
import KeyCache
import Ledger
import OpenBanking

/// A decision on a request as the audit trail has it: what a replay must come to again.
struct PastDecision {
    let number: Int64
    let digest: String
    /// The path of the result below the spool, and the line of a batch.
    let result: String
    let line: Int?
    let outcome: Outcome
    /// The rules of severity error that were broken, by the rules alone.
    let rules: [String]
    /// The rule that decided.
    let rule: String?
    /// The rules that a migration relaxed.
    let relaxed: [String]
    /// What it rests on, as it was written.
    let evidence: String
    let decidedAt: UnixTime
    let arrivedAt: UnixTime
    /// The state of the cache; nil where an earlier version did not write it down.
    let state: CacheState?
    let generation: Int

    /// Whether the ledger refused it, knowing what the rules alone do not: that client, or that statement.
    var isByLedger: Bool { outcome == .rejected && rule.map { !rules.contains($0) } == true }

    /// Nil for a line that is no decision on a request.
    init?(_ entry: AuditEntry) {
        let record = entry.record
        guard let event = entry.event, let outcome = Self.outcome(event),
            let digest = record["request_sha256"]?.text, let result = record["result"]?.text,
            let evidence = record["evidence"], let decidedAt = evidence["decided_at"]?.integer,
            let arrivedAt = evidence["arrived_at"]?.integer, let generation = evidence["snapshot"]?.integer
        else { return nil }
        number = entry.line.number
        (self.digest, self.result) = (digest.string, result.string)
        line = record["line"]?.integer.map { Int($0) }
        self.outcome = outcome
        rules = entry.rules
        rule = record["rule"]?.text?.string
        var relaxed: [String] = []
        record["relaxed"]?.forEachElement { if let name = $0.text { relaxed.append(name.string) } }
        self.relaxed = relaxed
        let buffer = ByteBuffer(capacity: 1024)
        var json = JSONWriter(buffer)
        json.value(evidence)
        self.evidence = buffer.all.string
        (self.decidedAt, self.arrivedAt, self.generation) = (decidedAt, arrivedAt, Int(generation))
        state = evidence["cache_state"]?.integer.map { CacheState(generation: Int(generation), pulse: Int($0)) }
    }

    private static func outcome(_ event: AuditEvent) -> Outcome? {
        switch event {
        case .clientIssued, .clientMigrated, .clientUpdated, .clientDeleted, .clientRead: .accepted
        case .requestRejected: .rejected
        case .requestMalformed: .malformed
        default: nil
        }
    }
}
