import Encoding
import GRDB
import JOSE
import PKIX

/// Takes a body from its bytes to its effect: decoding and vetting first, then one transaction.
struct Acceptance {
    let settings: CacheSettings
    let file: CacheFile
    let anchors: TrustAnchors
    let jitter: Double

    /// Judges a body that was fetched, mirrored or imported for a source.
    func accept(_ body: ReceivedBody, source id: Int64, at time: UnixTime) throws(KeyStoreError) -> AcceptOutcome {
        let (source, current, judged) = try file.read { db in
            (try SourceTable.one(db, id: id), try SourceTable.body(db, id: id), try Meta.judged(db, time))
        }
        if current == body.digest {
            return try write(.normal, id, time) { db, attempt in try attempt.confirm(db, body.validators) }
        }
        if source.class == .crl { return try acceptList(body, id, Moment(clock: time, judged: judged)) }
        let set: PreparedSet
        switch prepare(body.bytes) {
        case .failure(let refusal): return try refuse(refusal, id, time)
        case .success(let prepared): set = prepared
        }
        return try write(.full, id, time) { db, attempt in
            if attempt.source.class.revokesKeys { return try revoked(attempt).accept(db, set, body) }
            return try inUse(attempt).accept(db, set, body)
        }
    }

    /// Applies a body that waited, because an operator said so.
    func applyHold(_ id: Int64, at time: UnixTime) throws(KeyStoreError) -> AcceptOutcome {
        let (hold, bytes, validators) = try file.read { db in
            let hold = try HoldTable.open(db, id: id)
            guard let bytes = try BodyTable.bytes(db, digest: hold.bodySHA256) else {
                throw KeyStoreError.corrupt("the body of hold \(id) is gone")
            }
            return (hold, bytes, try HoldTable.validators(db, id: id))
        }
        let set: PreparedSet
        switch prepare(bytes) {
        case .failure(let refusal): throw .unreadableBody(source: hold.sourceID, refusal.text)
        case .success(let prepared): set = prepared
        }
        return try write(.full, hold.sourceID, time) { db, attempt in
            try HoldTable.decide(db, id, .accepted, at: attempt.moment.judged)
            try EventLog.append(db, .holdAccepted, source: hold.sourceID, at: attempt.moment.judged, data: "{}")
            return try inUse(attempt).applyHeld(db, set, ReceivedBody(bytes, validators))
        }
    }

    private func acceptList(_ body: ReceivedBody, _ id: Int64, _ moment: Moment) throws(KeyStoreError) -> AcceptOutcome
    {
        switch VerifiedList.verify(body.bytes, anchors: anchors, settings: settings, at: moment.judged) {
        case .failure(let refusal): return try refuse(refusal, id, moment.clock)
        case .success(let verified):
            return try write(.full, id, moment.clock) { db, attempt in
                try ListAcceptance(source: attempt.source, moment: attempt.moment, books: attempt.books)
                    .accept(db, verified, body)
            }
        }
    }

    private func prepare(_ bytes: [UInt8]) -> Result<PreparedSet, Refusal> {
        do {
            return .success(PreparedSet(try JWKSet.decode(bytes, limits: settings.keySetLimits), anchors: anchors))
        } catch {
            return .failure(Refusal(error))
        }
    }

    private func refuse(_ refusal: Refusal, _ id: Int64, _ time: UnixTime) throws(KeyStoreError) -> AcceptOutcome {
        try write(.normal, id, time) { db, attempt in
            try attempt.books.fail(db, code: refusal.code)
            return .refused(refusal)
        }
    }

    private func write(
        _ durability: CacheFile.Durability,
        _ id: Int64,
        _ time: UnixTime,
        _ body: (Database, Attempt) throws -> AcceptOutcome
    ) throws(KeyStoreError) -> AcceptOutcome {
        try file.write(durability) { db in
            try body(db, Attempt(db, settings: settings, source: id, at: time, jitter: jitter))
        }
    }

    private func inUse(_ attempt: Attempt) -> SetAcceptance {
        SetAcceptance(settings: settings, source: attempt.source, moment: attempt.moment, books: attempt.books)
    }

    private func revoked(_ attempt: Attempt) -> RevokedAcceptance {
        RevokedAcceptance(source: attempt.source, moment: attempt.moment, books: attempt.books)
    }
}
