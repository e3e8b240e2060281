package import Crypto
package import Encoding
package import OpenBanking

/// One group's work on the ledger: everything in it becomes durable at once, or not at all.
///
/// Lent to the body of `Ledger.group` and `Ledger.read`, and of no use after it. In a read every change is refused with
/// `.readOnly`.
package final class LedgerGroup {
    /// The number the group has in the ledger, when it leaves anything behind; numbers only grow.
    package let number: Int64
    package let requests: RequestTable
    package let statements: StatementTable
    package let clients: ClientTable
    package let outbox: OutboxTable
    package let batches: BatchTable
    package let deferred: DeferredTable
    package let exports: ExportTable
    package let audit: AuditTable
    package let meta: MetaTable

    private let name: String
    private let now: UnixTime
    private let tables: LedgerTables
    private var counts = OutcomeCounts()
    private var counted: [String: Int64] = [:]
    /// The request that was entered last and is not finished: mostly the only one.
    private var last: (number: Int64, entry: RequestEntry)?
    private var unfinished: [Int64: RequestEntry] = [:]
    private var staged = 0
    private var head: AuditHead?

    init(_ tables: LedgerTables, name: String, at now: UnixTime, canWrite: Bool) throws(LedgerError) {
        try tables.keys.begin()
        tables.software.begin(canWrite: canWrite)
        self.tables = tables
        self.name = name
        self.now = now
        number = (try tables.lastGroup.first { $0.integer(0) } ?? 0) + 1
        tables.group.value = number
        requests = tables.requests
        statements = tables.statements
        clients = tables.clients
        outbox = tables.outbox
        batches = tables.batches
        deferred = tables.deferred
        exports = tables.exports
        audit = tables.audit
        meta = tables.meta
    }

    /// Whether a group of this name was committed before.
    package func isCommitted(_ name: String) throws(LedgerError) -> Bool {
        try tables.groupNamed.first(.text(name)) { $0.integer(0) } != nil
    }

    /// Enters a request, or finds the first result of its bytes or its (iss, jti), in the ledger and in this group.
    ///
    /// A new one must be finished before its twin can be entered and before the group ends. A duplicate is counted.
    package func enter(_ request: RequestEntry) throws(LedgerError) -> Entry {
        let entry = try requests.enter(request)
        switch entry {
        case .new(let number):
            if let last { unfinished[last.number] = last.entry }
            last = (number, request)
        case .duplicate: counts.duplicate += 1
        }
        return entry
    }

    /// Gives an entered request its outcome; a deferred one leaves its jti free for when it is tried again.
    ///
    /// `resultName` is where the answer is, where that depends on the outcome.
    package func finish(
        _ number: Int64,
        _ outcome: Outcome,
        clientID: String? = nil,
        resultName: String? = nil
    ) throws(LedgerError) {
        let open: RequestEntry?
        if let last, last.number == number {
            (open, self.last) = (last.entry, nil)
        } else {
            open = unfinished.removeValue(forKey: number)
        }
        guard let entry = open else { throw .misuse("request \(number) is not open in this group") }
        let end = RequestEntry.Foreseen(outcome: outcome, clientID: clientID)
        if entry.foreseen != end || resultName.map({ $0 != entry.resultName }) ?? false {
            try requests.finish(number, outcome, clientID: clientID, resultName: resultName)
        }
        counts[outcome] += 1
    }

    /// Counts an answer that leaves no request row, such as a malformed line.
    package func count(_ outcome: Outcome) { counts[outcome] += 1 }

    /// Adds to a number that is kept for whoever monitors the ledger, by its name.
    package func count(_ name: String, by number: Int64 = 1) { counted[name, default: 0] += number }

    /// The numbers counted so far, those of this group left out.
    package func counters() throws(LedgerError) -> [(name: String, number: Int64)] { try tables.counters.all() }

    /// Adds a staged result that is to be published once the group is committed.
    package func add(_ result: OutboxEntry) throws(LedgerError) {
        try outbox.add(result, group: number)
        staged += 1
    }

    /// The clients that changed behind a place and up to a group, in the order of their changes, at most `limit`.
    ///
    /// Each comes with the result of the request that told its secret; `filter.state` is not heeded.
    package func changedClients(
        after place: ClientPlace,
        through: Int64,
        _ state: ClientFilter.State,
        _ filter: ClientFilter,
        limit: Int
    ) throws(LedgerError) -> [ChangedClient] {
        var changed: [ChangedClient] = []
        try clients.forEachChanged(after: place, through: through, state, filter, limit: limit) {
            client,
            change throws(LedgerError) in
            let registration = try requests.find(client.requestSHA256)
            var result: PriorResult?
            if client.secretHash != nil {
                result =
                    try client.secretRequest.map { digest throws(LedgerError) in try requests.find(digest) }
                    ?? registration
            }
            changed.append(ChangedClient(change: change, client: client, result: result, registration: registration))
        }
        return changed
    }

    /// Appends a line to the audit trail: the text of a JSON object, which gets who wrote it as its last members.
    package func append(audit record: ByteSlice) throws(LedgerError) {
        let line = tables.auditLine
        line.replace(with: record)
        if let end = tables.auditEnd, record.count > 0, record[record.count - 1] == UInt8(ascii: "}") {
            line.truncate(to: record.count - 1)
            line.append(end)
        }
        let before: AuditHead
        if let head { before = head } else { before = try meta.auditHead() }
        head = try audit.append(line.all, at: now, after: before)
    }

    /// Appends a line to the audit trail, see above.
    package func append(audit record: String) throws(LedgerError) { try append(audit: ByteSlice(record)) }

    /// The number and the hash of the last line, this group's included: what is to be kept elsewhere, so that the end of
    /// the trail cannot be cut off unseen.
    package func auditEnd() throws(LedgerError) -> (number: Int64, hash: SHA256Digest) {
        let end: AuditHead
        if let head { end = head } else { end = try meta.auditHead() }
        return (end.number, end.hash)
    }

    /// Recomputes the audit trail from its first line.
    package func verifyAudit() throws(LedgerError) -> AuditChain.Check {
        let end: AuditHead
        if let head { end = head } else { end = try meta.auditHead() }
        return try audit.verify(against: end)
    }

    /// What `status` says.
    package func summary() throws(LedgerError) -> LedgerSummary {
        try tables.summary.read(at: now, meta: meta)
    }

    /// Writes what the group gathered; the commit follows.
    func close() throws(LedgerError) {
        let open = unfinished.count + (last == nil ? 0 : 1)
        guard open == 0 else { throw .misuse("\(open) requests were entered and not finished") }
        if let head { try meta.setAuditHead(head) }
        try tables.summary.count(counts, day: SummaryTable.day(now))
        for (name, number) in counted { try tables.counters.add(name, number) }
        if counts.total > 0 || staged > 0 {
            try tables.addGroup.run(.integer(number), .text(name), .integer(now), .integer(counts.total))
        }
        if counts.total > 0 {
            try tables.keys.tend()
            try tables.software.extendIfMany()
        }
    }
}
