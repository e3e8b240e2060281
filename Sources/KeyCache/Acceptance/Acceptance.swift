import Encoding
import GRDB
import PKIX

/// Takes what arrived from its bytes to its effect: decoding and vetting first, then one transaction for all of it.
struct Acceptance {
    let settings: CacheSettings
    let file: CacheFile
    let anchors: TrustAnchors

    /// Judges and records what was fetched, mirrored or imported, in order; all or nothing.
    func record(_ arrivals: [Arrival]) throws(KeyStoreError) -> [AcceptOutcome] {
        var preparation = Preparation(settings: settings, anchors: anchors)
        let (prepared, isWaiting) = try file.read { db in
            (try arrivals.map { try preparation.prepare(db, $0) }, !(try HoldTable.open(db).isEmpty))
        }
        // Even a confirmation changes content where it ends a hold.
        let mayChange = isWaiting || arrivals.contains(where: \.mayChangeContent)
        let durability = mayChange ? CacheFile.Durability.full : .normal
        return try file.write(durability) { db in
            try prepared.map { try record(db, $0, &preparation) }
        }
    }

    /// Applies a body that waited, because an operator said so.
    func applyHold(_ id: Int64, _ word: OperatorWord, at time: UnixTime) throws(KeyStoreError) -> AcceptOutcome {
        var preparation = Preparation(settings: settings, anchors: anchors)
        let (hold, body, prepared) = try file.read { db in
            let hold = try HoldTable.open(db, id: id)
            guard let bytes = try BodyTable.bytes(db, digest: hold.bodySHA256) else {
                throw KeyStoreError.corrupt("the body of hold \(id) is gone")
            }
            let source = try SourceTable.one(db, id: hold.sourceID)
            let prepared = try preparation.prepare(db, bytes, of: source, at: try Meta.judged(db, time))
            return (hold, ReceivedBody(bytes, try HoldTable.validators(db, id: id)), prepared)
        }
        let set: PreparedSet
        switch prepared {
        case .set(let prepared): set = prepared
        case .refused(let refusal): throw .unreadableBody(source: hold.sourceID, refusal.text)
        case .list: throw .corrupt("hold \(id) is of a revocation list, which never waits")
        }
        return try file.write(.full) { db in
            let origin = try HoldTable.origin(db, id: hold.id)
            let attempt = try Attempt(
                db,
                settings: settings,
                source: hold.sourceID,
                at: time,
                copiedAt: origin?.copiedAt,
                jitter: 0.5,
                life: origin?.life
            )
            try HoldTable.decide(db, try HoldTable.open(db, id: hold.id), .accepted, word, at: attempt.moment.judged)
            return try attempt.inUse.applyHeld(db, set, body)
        }
    }

    /// Judges and records one arrival in the caller's transaction.
    func take(_ db: Database, _ arrival: Arrival, _ preparation: inout Preparation) throws -> AcceptOutcome {
        try record(db, try preparation.prepare(db, arrival), &preparation)
    }

    private func record(_ db: Database, _ arrival: PreparedArrival, _ preparation: inout Preparation) throws
        -> AcceptOutcome
    {
        let attempt = try Attempt(
            db,
            settings: settings,
            source: arrival.sourceID,
            at: arrival.time,
            copiedAt: arrival.copiedAt,
            jitter: arrival.jitter,
            life: arrival.life
        )
        try ClaimTable.release(db, source: arrival.sourceID)
        if let copiedAt = arrival.copiedAt, let refusal = attempt.refusal(ofCopyFrom: copiedAt) {
            // An older copy says nothing of the source: what is known of it stays, to the last attempt.
            if refusal != .copyOlder { try attempt.books.fail(db, code: refusal.code) }
            if refusal == .copyOlder, arrival.life != nil, case .body(_, .set(let set)?) = arrival.work {
                try attempt.unite(db, set)
            }
            return .refused(refusal)
        }
        switch arrival.work {
        case .failure(let code, let retryAfter):
            try attempt.books.fail(db, code: code, retryAfter: retryAfter)
            return .refused(Refusal(fetch: code))
        case .notModified(let validators): return try attempt.confirm(db, validators)
        case .body(let body, let prepared):
            if attempt.source.bodySHA256 == body.digest { return try attempt.confirm(db, body.validators) }
            if let prepared { return try attempt.take(db, body, prepared) }
            // It was in use when it was read, and another process has changed that since.
            let late = try preparation.prepare(db, body.bytes, of: attempt.source, at: attempt.moment.judged)
            return try attempt.take(db, body, late)
        }
    }
}
