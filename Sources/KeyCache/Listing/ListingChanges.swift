import Crypto
import Encoding
import GRDB
import JOSE

/// Writes what a difference says into `listing`, `event` and the tables of keys and certificates, in the caller's transaction.
struct ListingChanges {
    let source: Source
    let moment: Moment
    /// How long a key that leaves stays a candidate.
    let grace: Int64
    let revoked: RevokedKeys

    private(set) var added = 0
    private(set) var removed = 0
    private(set) var revocations = 0
    private(set) var others = 0
    /// What came into use.
    private(set) var brought: [ListingName] = []

    init(source: Source, moment: Moment, grace: Int64, revoked: RevokedKeys) {
        self.source = source
        self.moment = moment
        self.grace = grace
        self.revoked = revoked
    }

    /// Whether anything a snapshot shows was changed.
    var isContent: Bool { added + removed + revocations + others > 0 }

    /// Applies the whole difference.
    mutating func apply(_ db: Database, _ difference: SetDifference) throws {
        for key in difference.added {
            let isRebound = difference.rebound.contains { $0.spki == key.spki }
            try add(db, key, known: difference.unaccepted(key), rebound: isRebound)
        }
        for (listing, key) in difference.present { try confirm(db, listing, as: key) }
        for listing in difference.vanished { try retire(db, listing) }
        try quarantine(db, difference.compromised)
        try drop(db, difference.abandoned)
    }

    /// Notes what a body that waits would add, and condemns what condemns itself.
    mutating func applyHeld(_ db: Database, _ difference: SetDifference) throws {
        for key in difference.added { try waitFor(db, key, known: difference.unaccepted(key)) }
        try quarantine(db, difference.compromised)
        try drop(db, difference.abandoned)
    }

    /// Quarantines keys whose own publication condemns them, or an operator.
    mutating func quarantine(_ db: Database, _ listings: [Listing]) throws {
        for listing in listings where listing.state != .quarantined {
            try move(db, listing, to: .quarantined, .keyQuarantined)
            others += 1
        }
    }

    /// Marks open listings revoked, for good: since now, or since when the issuer says.
    mutating func revoke(_ db: Database, _ listings: [Listing], since: UnixTime? = nil) throws {
        for listing in listings where listing.state != .revoked {
            try move(db, listing, to: .revoked, .keyRevoked, since: since)
            revocations += 1
        }
    }

    /// Drops keys of bodies that will not take effect.
    mutating func drop(_ db: Database, _ listings: [Listing]) throws {
        for listing in listings where listing.state == .pending {
            try move(db, listing, to: .dropped, .keyDropped)
            others += 1
        }
    }

    /// Takes keys out of the set.
    mutating func retire(_ db: Database, _ listings: [Listing]) throws {
        for listing in listings { try retire(db, listing) }
    }

    private mutating func add(_ db: Database, _ key: PublishedKey, known: Listing?, rebound: Bool) throws {
        let isRevoked = revoked.contains(key)
        let listing = try write(db, key, known: known, isRevoked ? .revoked : key.state(at: moment.judged))
        try note(db, rebound ? .keyRebound : .keyAdded, listing)
        added += 1
        brought.append(ListingName(listing))
        if isRevoked {
            try note(db, .keyRevoked, listing)
            revocations += 1
        }
    }

    private mutating func waitFor(_ db: Database, _ key: PublishedKey, known: Listing?) throws {
        guard known?.state != .pending else { return }
        let isRevoked = revoked.contains(key)
        let listing = try write(db, key, known: known, isRevoked ? .revoked : .pending)
        try note(db, isRevoked ? .keyRevoked : .keyPending, listing)
        others += 1
    }

    /// Opens a row for a key that took no effect so far.
    private func write(_ db: Database, _ key: PublishedKey, known: Listing?, _ state: ListingState) throws -> Listing {
        try KeyMaterialTable.keep(db, key.key)
        let listing = Listing(
            id: known?.id ?? 0,
            sourceID: source.id,
            spki: key.spki,
            attributes: key.attributes,
            position: key.key.index,
            state: state,
            stateSince: moment.judged,
            returns: 0,
            fromLow: known?.state == .pending ? known?.fromLow : source.lastSuccess,
            fromHigh: known?.state == .pending ? known?.fromHigh ?? moment.judged : moment.judged
        )
        guard let known else {
            try ListingTable.insert(db, listing, at: moment.judged)
            return listing
        }
        guard known.state.mayBecome(state) else {
            throw KeyStoreError.corrupt("a listing may not go from \(known.state) to \(state)")
        }
        try ListingTable.replace(db, listing, at: moment.judged)
        return listing
    }

    private mutating func confirm(_ db: Database, _ listing: Listing, as key: PublishedKey) throws {
        var next = listing
        next.attributes = key.attributes
        guard listing.state != .revoked else {
            // Absorbing: what the set says of a revoked key is kept, its state is not touched.
            if next != listing {
                try ListingTable.replace(db, next, at: moment.judged)
                others += 1
            }
            return
        }
        if revoked.contains(key) { return try revoke(db, [next]) }
        let state = key.state(at: moment.judged)
        if state != listing.state {
            next.state = state
            next.stateSince = moment.judged
        }
        if !listing.state.isListed {
            // Another stay: the rows so far tell of the one before.
            next.returns += 1
            (next.graceUntil, next.toLow, next.toHigh) = (nil, nil, nil)
            (next.fromLow, next.fromHigh) = (source.lastSuccess, moment.judged)
            added += 1
            brought.append(ListingName(next))
        } else if next != listing {
            others += 1
        }
        guard next != listing else { return }
        try ListingTable.replace(db, next, at: moment.judged)
        try note(db, event(from: listing.state, to: state), next)
    }

    private func event(from old: ListingState, to new: ListingState) -> EventKind {
        if !old.isListed { return .keyReturned }
        return old != new && new == .expired ? .keyExpired : .keyChanged
    }

    private mutating func retire(_ db: Database, _ listing: Listing) throws {
        var next = listing
        // A key that came with a body that waited was seen later than the last one that took effect.
        (next.toLow, next.toHigh) = (max(source.lastSuccess ?? listing.fromHigh, listing.fromHigh), moment.judged)
        let state = listing.state == .active ? ListingState.retired : .archived
        // What was expired or quarantined vouched for nothing, and gets no grace for leaving.
        next.graceUntil = state == .retired ? moment.judged + grace : nil
        try move(db, next, to: state, state == .retired ? .keyRetired : .keyArchived)
        removed += 1
    }

    private func move(
        _ db: Database,
        _ listing: Listing,
        to state: ListingState,
        _ kind: EventKind,
        since: UnixTime? = nil
    )
        throws
    {
        guard listing.state.mayBecome(state) else {
            throw KeyStoreError.corrupt("a listing may not go from \(listing.state) to \(state)")
        }
        var next = listing
        next.state = state
        next.stateSince = min(since ?? moment.judged, moment.judged)
        try ListingTable.replace(db, next, at: moment.judged)
        try note(db, kind, next)
    }

    private func note(_ db: Database, _ kind: EventKind, _ listing: Listing) throws {
        let data = EventData.key(kid: listing.attributes.kid, spki: listing.spki)
        try EventLog.append(db, kind, source: listing.sourceID, at: moment.judged, data: data)
    }
}
