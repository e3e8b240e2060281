import Encoding
import GRDB
import JOSE

/// Writes down that a source published a private or symmetric key: its owner must be told.
enum SecretAlarm {
    static func raise(_ db: Database, _ skipped: [SkippedKey], source: Source, at time: UnixTime) throws {
        for entry in skipped where entry.isCritical {
            let data = EventData.text("entry", entry.description)
            try EventLog.append(db, .secretPublished, source: source.id, at: time, data: data)
        }
    }
}
