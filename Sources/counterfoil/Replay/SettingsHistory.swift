import Encoding
import Exports
import Ledger
import Operations

/// The settings that were in force when each line of the audit trail was written: those of the last pass, and what the
/// trail says was changed, undone.
struct SettingsHistory {
    /// From which line on, the newest first.
    private var spans: [(from: Int64, settings: SettingsInForce)] = []

    /// Reads the trail of a ledger.
    init(_ ledger: Ledger, _ reader: AuditReader) throws(Failure) {
        let text: String?
        do throws(LedgerError) {
            text = try ledger.read(at: reader.clock.now()) { group throws(LedgerError) in
                try group.meta.value(PolicyWatch.name)
            }
        } catch {
            throw Failure(error)
        }
        guard let text else { return }
        var changes: [(number: Int64, changes: [SettingsInForce.Change])] = []
        try reader.forEach { entry throws(Failure) in
            if entry.event == .policyChanged { changes.append((entry.line.number, Self.changes(entry))) }
            return true
        }
        var settings = SettingsInForce(text: text)
        for (number, changes) in changes.reversed() {
            spans.append((number, settings))
            settings.undo(changes)
        }
    }

    /// Those in force at a line; nil before the first that is known.
    func settings(at number: Int64) -> SettingsInForce? { spans.first { $0.from < number }?.settings }

    private static func changes(_ entry: AuditEntry) -> [SettingsInForce.Change] {
        var changes: [SettingsInForce.Change] = []
        entry.record["settings"]?.forEachElement { change in
            guard let key = change["key"]?.text else { return }
            changes.append(.init(key: key.string, from: change["from"]?.text?.string, to: change["to"]?.text?.string))
        }
        return changes
    }
}
