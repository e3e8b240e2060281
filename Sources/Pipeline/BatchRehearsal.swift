package import Encoding
package import Ledger
import Rules
package import Spool

/// Tells of batches whether they would be refused as a whole, without taking them.
///
/// It remembers the ids of those it told of, so that of two batches with one id the second is refused.
package final class BatchRehearsal {
    private let ledger: Ledger?
    private let plan: ProcessPlan
    private let now: UnixTime
    private var files: [String: String] = [:]

    /// Why a batch would be refused.
    package struct Refusal {
        package let text: String
        /// Whether all that is missing is the bank's permission to migrate, so that its lines can be judged meanwhile.
        package var awaitsPermission = false
    }

    /// A rehearsal beside a ledger, or beside none: then no batch was begun before.
    package init(_ ledger: Ledger?, plan: ProcessPlan, now: UnixTime) {
        self.ledger = ledger
        self.plan = plan
        self.now = now
    }

    /// Why a batch would be refused; nil where its lines would be answered, as those of every batch without a manifest.
    package func refusal(of file: TakenFile) throws(PipelineError) -> Refusal? {
        guard file.manifest != nil else { return nil }
        let identity: BatchIdentity
        do throws(SpoolError) {
            identity = try BatchIdentity.read(file, by: plan, at: now)
        } catch {
            throw .spool(error)
        }
        if let refusal = identity.refusal { return Refusal(text: refusal) }
        guard try !isBegun(identity, file) else { return nil }
        if let id = identity.manifest?.batchID {
            if let other = try userOf(id) ?? files[id] { return Refusal(text: BatchIdentity.refusal(usedBy: other)) }
            files[id] = file.name
        }
        guard identity.manifest?.mode == .migration, !plan.policy.migration.isAllowed else { return nil }
        return Refusal(text: BatchIdentity.migrationRefusal, awaitsPermission: true)
    }

    private func isBegun(_ identity: BatchIdentity, _ file: TakenFile) throws(PipelineError) -> Bool {
        let key = identity.record(file, at: now).key
        return try read { group throws(LedgerError) in try group.batches.find(key: key) } != nil
    }

    /// The file of the batch that used a manifest's id.
    private func userOf(_ id: String) throws(PipelineError) -> String? {
        try read { group throws(LedgerError) in try group.batches.find(manifestID: id) }?.fileName
    }

    private func read(
        _ body: (LedgerGroup) throws(LedgerError) -> BatchRecord?
    ) throws(PipelineError) -> BatchRecord? {
        guard let ledger else { return nil }
        do throws(LedgerError) {
            return try ledger.read(at: now, body)
        } catch {
            throw .ledger(error)
        }
    }
}
