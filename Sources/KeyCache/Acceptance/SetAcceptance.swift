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
        let open = try HoldTable.open(db, source: source.id)
        let difference = try difference(db, set)
        if try HoldTable.wasRejected(db, source: source.id, body: body.digest) {
            return try refuse(db, .rejectedBefore)
        }
        guard let rule = try rule(db, difference) else {
            if let open { try HoldTable.decide(db, open, .withdrawn, at: moment.judged) }
            return try apply(db, set, difference, body)
        }
        if let open, try isConfirmed(db, rule, open, body) {
            try HoldTable.decide(db, open, .confirmed, at: moment.judged)
            return try apply(db, set, difference, body)
        }
        return try hold(db, rule, set, difference, body, open)
    }

    /// Applies a body without asking whether it should wait: an operator said so.
    func applyHeld(_ db: Database, _ set: PreparedSet, _ body: ReceivedBody) throws -> AcceptOutcome {
        try apply(db, set, try difference(db, set), body)
    }

    /// Ends what waits because the body in use was confirmed: nothing that came meanwhile is in the set.
    func withdraw(_ db: Database) throws {
        guard let open = try HoldTable.open(db, source: source.id) else { return }
        try HoldTable.decide(db, open, .withdrawn, at: moment.judged)
        let current = try ListingTable.open(db, source: source.id)
        var changes = try listingChanges(db, current, [])
        try changes.drop(db, current)
        try changes.retire(db, try brought(db, current))
        try books.note(db, isContent: changes.isContent)
    }

    /// Ends what waits because an operator said no: what came with it is in use no more.
    func reject(_ db: Database, _ open: Hold, _ word: OperatorWord) throws {
        try HoldTable.decide(db, open, .rejected, word, at: moment.judged)
        let current = try ListingTable.open(db, source: source.id)
        var changes = try listingChanges(db, current, [])
        try changes.drop(db, current)
        try changes.quarantine(db, try brought(db, current))
        try books.note(db, isContent: changes.isContent)
    }

    private func difference(_ db: Database, _ set: PreparedSet) throws -> SetDifference {
        SetDifference(
            current: try ListingTable.open(db, source: source.id),
            published: set.keys,
            skipped: set.skipped,
            brought: try BroughtTable.of(db, source: source.id)
        )
    }

    /// What came with bodies whose removals wait; asked once, at their end.
    private func brought(_ db: Database, _ current: [Listing]) throws -> [Listing] {
        let names = try BroughtTable.of(db, source: source.id)
        try BroughtTable.forget(db, source: source.id)
        return current.filter { $0.state.isListed && names.contains(ListingName($0)) }
    }

    /// Why the body must wait: its own look, or the trouble of its host.
    private func rule(_ db: Database, _ difference: SetDifference) throws -> HoldRule? {
        if let rule = difference.hold(for: source.class) { return rule }
        guard !difference.vanished.isEmpty, try BreakerTable.isOpen(db, host: source.host) else { return nil }
        return .fleet
    }

    private func apply(_ db: Database, _ set: PreparedSet, _ difference: SetDifference, _ body: ReceivedBody) throws
        -> AcceptOutcome
    {
        try BodyTable.keep(db, body.bytes, digest: body.digest, at: moment.judged)
        let changes = try write(db, set, difference, takesEffect: true)
        try BroughtTable.forget(db, source: source.id)
        let kids = set.keys.compactMap(\.attributes.kid)
        try WantedTable.satisfy(db, url: source.url, kids: kids, missed: changes.isContent ? nil : moment.clock)
        try books.succeed(db, body, isContent: changes.isContent || set.revisesVerdicts)
        if changes.isContent { try tell(db, changes, body) }
        return .updated(added: changes.added, removed: changes.removed, revoked: changes.revocations)
    }

    private func hold(
        _ db: Database,
        _ rule: HoldRule,
        _ set: PreparedSet,
        _ difference: SetDifference,
        _ body: ReceivedBody,
        _ open: Hold?
    ) throws -> AcceptOutcome {
        let hold: Hold
        if let open, open.bodySHA256 == body.digest, open.rule == rule {
            hold = try HoldTable.seeAgain(db, open.id, at: moment.judged)
        } else {
            if let open { try HoldTable.decide(db, open, .withdrawn, at: moment.judged) }
            try BodyTable.keep(db, body.bytes, digest: body.digest, at: moment.judged)
            hold = try HoldTable.insert(db, source: source.id, rule, body, at: moment.judged)
            if let life = books.life { try HoldTable.note(db, hold.id, life, copiedAt: moment.fetched) }
            let data = EventData.decision(hold, nil)
            try EventLog.append(db, .setHeld, source: source.id, at: moment.judged, data: data)
            try FleetGuard(settings: settings, time: moment.judged).observe(db, rule, source)
        }
        let isPartial = hold.isPartial
        let changes = try write(
            db,
            set,
            isPartial ? difference.withoutRemovals : difference,
            takesEffect: isPartial
        )
        if isPartial {
            try BroughtTable.note(db, source: source.id, changes.brought)
            try WantedTable.satisfy(db, url: source.url, kids: set.keys.compactMap(\.attributes.kid), missed: nil)
        }
        try books.held(db, rule, isContent: changes.isContent || set.revisesVerdicts)
        if changes.added > 0 { try tell(db, changes, body) }
        return .held(id: hold.id, rule: rule)
    }

    private func write(_ db: Database, _ set: PreparedSet, _ difference: SetDifference, takesEffect: Bool) throws
        -> ListingChanges
    {
        try SecretAlarm.raise(db, set.skipped, source: source, at: moment.judged)
        try set.keepCertificates(db, at: moment.judged)
        var changes = try listingChanges(db, try ListingTable.open(db, source: source.id), set.keys)
        if takesEffect { try changes.apply(db, difference) } else { try changes.applyHeld(db, difference) }
        return changes
    }

    private func tell(_ db: Database, _ changes: ListingChanges, _ body: ReceivedBody) throws {
        let data = EventData.changes(
            added: changes.added,
            removed: changes.removed,
            revoked: changes.revocations,
            body: body.digest
        )
        try EventLog.append(db, .setChanged, source: source.id, at: moment.judged, data: data)
    }

    /// Whether the same body was seen often enough, for long enough, to be meant: of a participant only, and never while
    /// its host is in trouble.
    private func isConfirmed(_ db: Database, _ rule: HoldRule, _ open: Hold, _ body: ReceivedBody) throws -> Bool {
        guard source.class != .directory, open.rule == rule, open.bodySHA256 == body.digest,
            !(try BreakerTable.isOpen(db, host: source.host))
        else { return false }
        let age = moment.judged - open.firstSeen
        switch rule {
        case .empty:
            return open.seen + 1 >= settings.emptyConfirmations && age >= settings.emptyConfirmationTime
        case .replacement: return age >= settings.replacementConfirmationTime
        case .rebound, .fleet: return false
        }
    }

    private func refuse(_ db: Database, _ refusal: Refusal) throws -> AcceptOutcome {
        try books.fail(db, code: refusal.code)
        return .refused(refusal)
    }

    private func listingChanges(_ db: Database, _ current: [Listing], _ published: [PublishedKey]) throws
        -> ListingChanges
    {
        let watched = try SourceTable.watchesRevocation(db, of: source)
        let keys = current.map { ($0.spki, $0.attributes.certificate) }
        let new = published.map { ($0.spki, $0.attributes.certificate) }
        return ListingChanges(
            source: source,
            moment: moment,
            grace: settings.grace(for: source.class, revokedSetWatched: watched),
            revoked: try RevocationTable.entries(db, concerning: source, among: keys + new)
        )
    }
}
