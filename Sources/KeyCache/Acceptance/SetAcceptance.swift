import Encoding
import GRDB
import JOSE

/// What happens to the body of a key set in use: directory, organisation or software.
///
/// Additions count at once; removals retire; a body that looks like an accident waits (`cache.md` §3.3).
struct SetAcceptance {
    let settings: CacheSettings
    let source: Source
    let moment: Moment
    let books: Bookkeeping

    /// Judges a prepared body and applies it, holds it or refuses it.
    func accept(_ db: Database, _ set: PreparedSet, _ body: ReceivedBody) throws -> AcceptOutcome {
        let current = try ListingTable.open(db, source: source.id)
        let difference = SetDifference(current: current, published: set.keys, skipped: set.skipped)
        if difference.isUnusable { return try refuse(db, .noUsableKey) }
        if try HoldTable.wasRejected(db, source: source.id, body: body.digest) {
            return try refuse(db, .rejectedBefore)
        }
        if let rule = difference.hold(for: source.class), !(try isConfirmed(db, rule, body)) {
            if try HoldTable.wasRejected(db, source: source.id, body: body.digest) {
                return try refuse(db, .rejectedBefore)
            }
            return try hold(db, rule, difference, body)
        }
        try withdrawHold(db)
        return try apply(db, set, difference, body)
    }

    /// Applies a body without asking whether it should wait: an operator said so.
    func applyHeld(_ db: Database, _ set: PreparedSet, _ body: ReceivedBody) throws -> AcceptOutcome {
        let current = try ListingTable.open(db, source: source.id)
        return try apply(db, set, SetDifference(current: current, published: set.keys, skipped: set.skipped), body)
    }

    private func apply(_ db: Database, _ set: PreparedSet, _ difference: SetDifference, _ body: ReceivedBody) throws
        -> AcceptOutcome
    {
        try BodyTable.keep(db, body.bytes, digest: body.digest, at: moment.judged)
        try SecretAlarm.raise(db, set.skipped, source: source, at: moment.judged)
        try set.keepCertificates(db, at: moment.judged)
        var changes = try listingChanges(db)
        try changes.apply(db, difference)
        let kids = set.keys.compactMap(\.attributes.kid)
        try WantedTable.satisfy(db, url: source.url, kids: kids, missed: changes.isContent ? nil : moment.clock)
        try books.succeed(db, body, isContent: changes.isContent)
        if changes.isContent {
            let data = EventData.changes(
                added: changes.added,
                removed: changes.removed,
                revoked: changes.revocations,
                body: body.digest
            )
            try EventLog.append(db, .setChanged, source: source.id, at: moment.judged, data: data)
        }
        return .updated(added: changes.added, removed: changes.removed, revoked: changes.revocations)
    }

    private func hold(_ db: Database, _ rule: HoldRule, _ difference: SetDifference, _ body: ReceivedBody) throws
        -> AcceptOutcome
    {
        let hold: Hold
        if let open = try HoldTable.open(db, source: source.id), open.bodySHA256 == body.digest {
            hold = try HoldTable.seeAgain(db, open.id, at: moment.judged)
        } else {
            try withdrawHold(db)
            try BodyTable.keep(db, body.bytes, digest: body.digest, at: moment.judged)
            hold = try HoldTable.insert(db, source: source.id, rule, body, at: moment.judged)
            try EventLog.append(
                db,
                .setHeld,
                source: source.id,
                at: moment.judged,
                data: EventData.text("rule", rule.rawValue)
            )
        }
        // A key condemned by the body itself does not wait for anyone.
        var changes = try listingChanges(db)
        try changes.quarantine(db, difference.compromised)
        try books.held(db, rule, isContent: changes.isContent)
        return .held(id: hold.id, rule: rule)
    }

    /// Whether a participant's empty set was seen often enough, for long enough, to be meant.
    private func isConfirmed(_ db: Database, _ rule: HoldRule, _ body: ReceivedBody) throws -> Bool {
        guard rule == .empty, source.class != .directory, let open = try HoldTable.open(db, source: source.id),
            open.bodySHA256 == body.digest, open.seen + 1 >= settings.emptyConfirmations,
            moment.judged - open.firstSeen >= settings.emptyConfirmationTime
        else { return false }
        try HoldTable.decide(db, open.id, .confirmed, at: moment.judged)
        return true
    }

    private func withdrawHold(_ db: Database) throws {
        guard let open = try HoldTable.open(db, source: source.id) else { return }
        try HoldTable.decide(db, open.id, .withdrawn, at: moment.judged)
        try EventLog.append(db, .holdWithdrawn, source: source.id, at: moment.judged, data: "{}")
    }

    private func refuse(_ db: Database, _ refusal: Refusal) throws -> AcceptOutcome {
        try books.fail(db, code: refusal.code)
        return .refused(refusal)
    }

    private func listingChanges(_ db: Database) throws -> ListingChanges {
        let watched = try SourceTable.watchesRevocation(db, of: source)
        return ListingChanges(
            source: source,
            moment: moment,
            grace: settings.grace(for: source.class, revokedSetWatched: watched),
            revoked: try RevocationTable.entries(db, concerning: source)
        )
    }
}
