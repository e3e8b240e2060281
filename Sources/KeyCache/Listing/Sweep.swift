import Encoding
import GRDB

/// Moves listings whose time has come, in one transaction: the certificate has ended, or the grace is over.
struct Sweep {
    let time: UnixTime

    /// Returns how many listings moved.
    func run(_ db: Database) throws -> Int {
        let ended = try ListingTable.open(
            db,
            where: """
                state = 'active' AND certificate IN (SELECT sha256 FROM certificate WHERE not_after < ?)
                AND source_id IN (SELECT id FROM source WHERE class IN ('directory', 'organisation', 'software'))
                """,
            [time]
        )
        let over = try ListingTable.open(db, where: "state = 'retired' AND grace_until < ?", [time])
        for listing in ended { try move(db, listing, to: .expired, .keyExpired) }
        for listing in over { try move(db, listing, to: .archived, .keyArchived) }
        guard !(ended + over).isEmpty else {
            // The time was seen all the same: a clock set back later must not bring back what was too old by now.
            try Meta.raiseFloor(db, to: time)
            return 0
        }
        let generation = try Meta.nextGeneration(db, at: time)
        for source in Set((ended + over).map(\.sourceID)) {
            try SourceTable.touch(db, source, generation: generation)
        }
        try Meta.beat(db, at: time)
        return ended.count + over.count
    }

    private func move(_ db: Database, _ listing: Listing, to state: ListingState, _ kind: EventKind) throws {
        var next = listing
        next.state = state
        next.stateSince = time
        try ListingTable.replace(db, next, at: time)
        let data = EventData.key(kid: listing.attributes.kid, spki: listing.spki)
        try EventLog.append(db, kind, source: listing.sourceID, at: time, data: data)
    }
}
