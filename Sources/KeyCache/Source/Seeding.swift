import Encoding
import GRDB

/// Makes sources known, in one transaction.
struct Seeding {
    let limit: Int
    let time: UnixTime

    func plant(_ db: Database, _ seeds: [SourceSeed]) throws -> SeedOutcome {
        var outcome = SeedOutcome()
        var room = limit - (try SourceTable.count(db))
        for seed in seeds {
            if let source = try SourceTable.one(db, url: seed.url) {
                try complete(db, source, from: seed, &outcome)
            } else if room > 0 {
                let id = try SourceTable.insert(db, seed)
                try EventLog.append(db, .sourceAdded, source: id, at: time, data: EventData.text("url", seed.url))
                outcome.added += 1
                room -= 1
            } else {
                outcome.refused += 1
            }
        }
        if outcome.added + outcome.changed > 0 { try Meta.beat(db, at: time) }
        return outcome
    }

    private func complete(_ db: Database, _ source: Source, from seed: SourceSeed, _ outcome: inout SeedOutcome) throws
    {
        guard agrees(source, seed) else {
            outcome.conflicts.append(seed.url)
            return
        }
        if try SourceTable.complete(db, source, from: seed) { outcome.changed += 1 }
    }

    /// Whether a seed says nothing else of a source than what is known: a statement must not move another's keys.
    private func agrees(_ source: Source, _ seed: SourceSeed) -> Bool {
        source.class == seed.class && Self.agree(source.environment, seed.environment)
            && Self.agree(source.organisationID, seed.organisationID) && Self.agree(source.softwareID, seed.softwareID)
    }

    private static func agree(_ known: String?, _ said: String?) -> Bool {
        known == nil || said == nil || known == said
    }
}
