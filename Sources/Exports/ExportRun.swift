import Crypto
package import Encoding
package import Ledger
import OpenBanking

/// Exports clients from the ledger into a folder, a chunk at a time, so that a stop costs one chunk.
///
/// Files appear whole, the manifest last; then the ledger remembers how far the export came, and the audit that it was
/// made. Memory does not grow with the number of clients.
package final class ExportRun {
    private let ledger: Ledger
    private let folder: ExportFolder
    private let order: ExportOrder
    private let secrets: SecretSource?
    private let statements: StatementSource?
    private let now: UnixTime
    private let document = JSONDocument(limits: .result)

    /// Makes a run; `secrets` is asked where the order has secrets, `statements` where it has those.
    package init(
        _ order: ExportOrder,
        from ledger: Ledger,
        into folder: String,
        secrets: SecretSource?,
        statements: StatementSource? = nil,
        at now: UnixTime
    ) throws(ExportError) {
        self.ledger = ledger
        self.order = order
        self.secrets = order.hasSecrets ? secrets : nil
        self.statements = order.hasStatements ? statements : nil
        self.now = now
        self.folder = try ExportFolder(folder)
    }

    /// Exports what the order asks for, or goes on with what an earlier run began.
    package func run() throws(ExportError) -> ExportOutcome {
        let last = try read { group throws(LedgerError) in group.number - 1 }
        let journal = try ExportJournal(folder, order, through: last, at: now)
        let names = ExportNames(order, through: journal.through)
        if !journal.isResumed, folder.has(names.manifest) {
            try folder.remove(ExportJournal.name(order.format))
            return .already(manifest: names.manifest)
        }
        for state in [ClientFilter.State.registered, .deleted] {
            try export(state, journal, names)
        }
        var tally = ExportTally()
        for step in journal.steps {
            for file in step.files { tally.add(file) }
            tally.withheld.merge(step.withheld, uniquingKeysWith: +)
        }
        guard tally.files > 0 else {
            try folder.remove(ExportJournal.name(order.format))
            return .nothing
        }
        (tally.through, tally.manifest, tally.isResumed) = (journal.through, names.manifest, journal.wasBegun)
        tally.isRecorded = order.isWhole && !tally.withheld.keys.contains { $0.isMendable }
        let digest = try ExportManifest(order: order, journal: journal, tally: tally).write(folder, names.manifest)
        try record(tally, digest)
        try folder.remove(ExportJournal.name(order.format))
        return .made(tally)
    }

    private func export(
        _ state: ClientFilter.State,
        _ journal: ExportJournal,
        _ names: ExportNames
    ) throws(ExportError) {
        if state == .registered, journal.steps.contains(where: { $0.state == .deleted }) { return }
        var place = ClientPlace(change: order.after, clientID: ExportNames.behindAll)
        if let last = journal.steps.last(where: { $0.state == state }) { place = last.place }
        let pages = ChangedPages(ledger, order.filter, state, after: place, through: journal.through, at: now)
        while let first = try pages.next() {
            let step = try ExportStep(folder, order, names, state, number: journal.steps.count + 1)
            var changed: ChangedClient? = first
            while let client = changed {
                place = client.place
                try add(client, state, to: step)
                changed = step.isFull ? nil : try pages.next()
            }
            let (files, withheld) = try step.finish()
            try journal.add(ExportJournal.Step(files: files, withheld: withheld, state: state, place: place))
        }
    }

    private func add(_ changed: ChangedClient, _ state: ClientFilter.State, to step: ExportStep) throws(ExportError) {
        guard state == .registered else { return try step.add(deleted: changed.client) }
        switch try exported(changed) {
        case .success(let client): try step.add(client)
        case .failure(let reason) where reason == .secretNeeded && order.skipsSecretClients: step.skip()
        case .failure(let reason): try step.add(withheld: changed.client, reason)
        }
    }

    private func exported(_ changed: ChangedClient) throws(ExportError) -> Result<ExportedClient, WithheldReason> {
        let client = changed.client
        var secret: String?
        if AuthenticationMethod(rawValue: client.authenticationMethod)?.hasSecret == true {
            if order.skipsSecretClients { return .failure(.secretNeeded) }
            if let secrets {
                switch try secrets.secret(of: client, told: changed.result) {
                case .success(let found): secret = found
                case .failure(let reason): return .failure(reason)
                }
            } else if order.format.needsSecrets {
                return .failure(.secretNeeded)
            }
        }
        guard var exported = ExportedClient(client, secret: secret, reading: document) else {
            throw .metadata(clientID: client.clientID)
        }
        if let statements {
            switch try statements.statement(of: client, told: changed.registration) {
            case .success(let found): exported.statement = found
            case .failure(let reason): return .failure(reason)
            }
        }
        if let reason = order.format.refusal(exported) { return .failure(reason) }
        return .success(exported)
    }

    /// Writes the export into the ledger: the audit always, the place to go on from where the export is whole.
    private func record(_ tally: ExportTally, _ manifest: SHA256Digest) throws(ExportError) {
        let format = order.format.rawValue
        var record = ExportRecord(format: format, madeAt: now, after: order.after, through: tally.through)
        (record.clients, record.deleted, record.withheld) = (tally.clients, tally.deleted, tally.withheldCount)
        record.hasSecrets = order.hasSecrets
        do throws(LedgerError) {
            try ledger.group(at: now) { group throws(LedgerError) in
                if tally.isRecorded { try group.exports.add(record) }
                try group.append(audit: ExportAudit.line(record, tally, manifest))
            }
        } catch {
            throw .ledger(error)
        }
    }

    private func read<R>(_ body: (LedgerGroup) throws(LedgerError) -> R) throws(ExportError) -> R {
        do throws(LedgerError) { return try ledger.read(at: now, body) } catch { throw .ledger(error) }
    }
}
