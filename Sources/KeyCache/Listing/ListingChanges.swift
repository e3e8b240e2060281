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
        for key in difference.added { try add(db, key, rebound: difference.rebound.contains { $0.spki == key.spki }) }
        for (listing, key) in difference.present { try confirm(db, listing, as: key) }
        for listing in difference.vanished { try retire(db, listing) }
        try quarantine(db, difference.compromised)
    }

    /// Quarantines keys whose own publication condemns them.
    mutating func quarantine(_ db: Database, _ listings: [Listing]) throws {
        for listing in listings where listing.state != .quarantined {
            try move(db, listing, to: .quarantined, .keyQuarantined)
            others += 1
        }
    }

    /// Marks open listings revoked, for good.
    mutating func revoke(_ db: Database, _ listings: [Listing]) throws {
        for listing in listings where listing.state != .revoked {
            try move(db, listing, to: .revoked, .keyRevoked)
            revocations += 1
        }
    }

    private mutating func add(_ db: Database, _ key: PublishedKey, rebound: Bool) throws {
        try KeyMaterialTable.keep(db, key.key)
        let isRevoked = revoked.contains(spki: key.spki, kid: key.attributes.kid)
        let state = isRevoked ? .revoked : key.state(at: moment.judged)
        let listing = Listing(
            id: 0,
            sourceID: source.id,
            spki: key.spki,
            attributes: key.attributes,
            position: key.key.index,
            state: state,
            stateSince: moment.judged,
            returns: 0,
            fromLow: source.lastSuccess,
            fromHigh: moment.judged
        )
        try ListingTable.insert(db, listing, at: moment.judged)
        try note(db, rebound ? .keyRebound : .keyAdded, listing)
        added += 1
        if isRevoked {
            try note(db, .keyRevoked, listing)
            revocations += 1
        }
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
        if revoked.contains(spki: key.spki, kid: key.attributes.kid) { return try revoke(db, [next]) }
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
        (next.toLow, next.toHigh) = (source.lastSuccess, moment.judged)
        next.graceUntil = moment.judged + grace
        let state = listing.state == .active ? ListingState.retired : .archived
        try move(db, next, to: state, state == .retired ? .keyRetired : .keyArchived)
        removed += 1
    }

    private func move(_ db: Database, _ listing: Listing, to state: ListingState, _ kind: EventKind) throws {
        guard listing.state.mayBecome(state) else {
            throw KeyStoreError.corrupt("a listing may not go from \(listing.state) to \(state)")
        }
        var next = listing
        next.state = state
        next.stateSince = moment.judged
        try ListingTable.replace(db, next, at: moment.judged)
        try note(db, kind, next)
    }

    private func note(_ db: Database, _ kind: EventKind, _ listing: Listing) throws {
        let data = EventData.key(kid: listing.attributes.kid, spki: listing.spki)
        try EventLog.append(db, kind, source: listing.sourceID, at: moment.judged, data: data)
    }
}
