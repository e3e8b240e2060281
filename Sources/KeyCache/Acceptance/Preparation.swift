import Encoding
import GRDB
import JOSE
import PKIX

/// Decodes and vets what arrived, before its transaction begins.
struct Preparation {
    private let settings: CacheSettings
    private let anchors: TrustAnchors
    private var verdicts: Verdicts

    init(settings: CacheSettings, anchors: TrustAnchors) {
        self.settings = settings
        self.anchors = anchors
        verdicts = Verdicts(anchors)
    }

    /// Prepares one arrival; a body that is in use already needs no look.
    mutating func prepare(_ db: Database, _ arrival: Arrival) throws -> PreparedArrival {
        let work: PreparedArrival.Work
        switch arrival.content {
        case .failure(let code, let retryAfter): work = .failure(code: code, retryAfter: retryAfter)
        case .notModified(let validators): work = .notModified(validators)
        case .body(let bytes, let validators):
            let body = ReceivedBody(bytes, validators)
            let source = try SourceTable.one(db, id: arrival.sourceID)
            let isInUse = source.bodySHA256 == body.digest
            let judged = try Meta.judged(db, arrival.time)
            work = .body(body, isInUse ? nil : try prepare(db, body.bytes, of: source, at: judged))
        }
        return PreparedArrival(
            sourceID: arrival.sourceID,
            time: arrival.time,
            copiedAt: arrival.copiedAt,
            jitter: arrival.jitter,
            life: arrival.life,
            work: work
        )
    }

    /// Prepares a body, whatever is in use.
    mutating func prepare(_ db: Database, _ body: [UInt8], of source: Source, at judged: UnixTime) throws
        -> PreparedBody
    {
        guard source.class != .crl else {
            switch VerifiedList.verify(body, anchors: anchors, settings: settings, at: judged) {
            case .failure(let refusal): return .refused(refusal)
            case .success(let list): return .list(list)
            }
        }
        let set: JWKSet
        do {
            set = try JWKSet.decode(body, limits: settings.keySetLimits)
        } catch {
            return .refused(Refusal(error))
        }
        return .set(try PreparedSet(db, set, &verdicts))
    }
}
