import Encoding
import Exports
import Ledger
import Operations

/// Reads the audit trail a page at a time, so that no reader holds back the ledger's log.
struct AuditReader {
    let ledger: Ledger
    let clock: Clock
    /// Lines from this time on; nil is all.
    var since: UnixTime?
    /// Lines behind this number.
    var after: Int64 = 0

    private static let page = 1_000

    /// Lends the entries in order, until `body` says false.
    func forEach(_ body: (AuditEntry) throws(Failure) -> Bool) throws(Failure) {
        var next = after + 1
        while true {
            var lines: [AuditLine] = []
            do throws(LedgerError) {
                try ledger.read(at: clock.now()) { group throws(LedgerError) in
                    try group.audit.forEach(from: next) { line throws(LedgerError) in
                        lines.append(line)
                        return lines.count < Self.page
                    }
                }
            } catch {
                throw Failure(error)
            }
            for line in lines where line.at >= since ?? .min {
                guard try body(AuditEntry(line)) else { return }
            }
            guard lines.count == Self.page, let last = lines.last else { return }
            next = last.number + 1
        }
    }
}
