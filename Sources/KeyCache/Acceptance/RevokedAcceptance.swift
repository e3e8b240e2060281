import Crypto
import Encoding
import GRDB
import JOSE

/// What happens to the body of a revoked set: every entry is dead for good, in all sets of its organisation or software.
///
/// An empty set is the usual one, and an entry that is gone from a later set stays revoked.
struct RevokedAcceptance {
    let source: Source
    let moment: Moment
    let books: Bookkeeping

    func accept(_ db: Database, _ set: PreparedSet, _ body: ReceivedBody) throws -> AcceptOutcome {
        try BodyTable.keep(db, body.bytes, digest: body.digest, at: moment.judged)
        let (entries, revoked) = try record(db, set)
        let isContent = entries > 0 || revoked > 0
        try books.succeed(db, body, isContent: isContent)
        try WantedTable.satisfy(db, url: source.url, kids: [], missed: nil)
        if isContent {
            let data = EventData.changes(added: entries, removed: 0, revoked: revoked, body: body.digest)
            try EventLog.append(db, .setChanged, source: source.id, at: moment.judged, data: data)
        }
        return .updated(added: entries, removed: 0, revoked: revoked)
    }

    /// Takes what another set lists without its becoming the one in use.
    func unite(_ db: Database, _ set: PreparedSet) throws {
        let (entries, revoked) = try record(db, set)
        if entries > 0 || revoked > 0 { try books.note(db, isContent: true) }
    }

    /// Revokes what a set lists, and returns how many entries are new and how many listings were concerned.
    private func record(_ db: Database, _ set: PreparedSet) throws -> (entries: Int, revoked: Int) {
        try set.keepCertificates(db, at: moment.judged)
        let entries = try newEntries(db, set)
        let origin = RevocationTable.Origin(
            channel: .set,
            source: source.id,
            organisationID: source.organisationID,
            softwareID: source.softwareID,
            revokedAt: moment.judged
        )
        for entry in entries { try RevocationTable.insert(db, entry, origin, at: moment.judged) }
        try list(db, set)
        return (entries.count, try revokeListings(db))
    }

    private func newEntries(_ db: Database, _ set: PreparedSet) throws -> [RevocationTable.Entry] {
        var known = try RevocationTable.known(db, source: source.id)
        let read = set.keys.map { key in
            RevocationTable.Entry(spki: key.spki, kid: key.attributes.kid, certificate: key.attributes.certificate)
        }
        let unread = set.skipped.filter { $0.spki != nil || $0.keyID != nil }.map { entry in
            RevocationTable.Entry(spki: entry.spki?.bytes, kid: entry.keyID)
        }
        return (read + unread).filter { known.insert($0).inserted }
    }

    /// Lists the entries under the revoked set itself, so that it can be looked into as a set.
    private func list(_ db: Database, _ set: PreparedSet) throws {
        let current = try ListingTable.open(db, source: source.id)
        let difference = SetDifference(current: current, published: set.keys, skipped: [])
        for key in difference.added {
            try KeyMaterialTable.keep(db, key.key)
            let listing = Listing(
                id: 0,
                sourceID: source.id,
                spki: key.spki,
                attributes: key.attributes,
                position: key.key.index,
                state: .revoked,
                stateSince: moment.judged,
                returns: 0,
                fromLow: source.lastSuccess,
                fromHigh: moment.judged
            )
            try ListingTable.insert(db, listing, at: moment.judged)
        }
    }

    /// Revokes what the sets of the same organisation or software list, and returns how many listings that were.
    private func revokeListings(_ db: Database) throws -> Int {
        var count = 0
        for concerned in try SourceTable.concerned(db, by: source) {
            let revoked = try RevocationTable.entries(db, concerning: concerned, among: [])
            let listings = try ListingTable.open(db, source: concerned.id)
                .filter { revoked.contains($0) && $0.state != .revoked }
            guard !listings.isEmpty else { continue }
            var changes = ListingChanges(source: concerned, moment: moment, grace: 0, revoked: revoked)
            try changes.revoke(db, listings)
            try SourceTable.change(
                db,
                concerned.id,
                at: moment.judged,
                generation: try Meta.nextGeneration(db, at: moment.judged)
            )
            count += changes.revocations
        }
        return count
    }
}
