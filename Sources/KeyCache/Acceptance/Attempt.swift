import Encoding
import GRDB

/// One attempt to refresh one source, inside its transaction.
struct Attempt {
    let source: Source
    let moment: Moment
    let books: Bookkeeping

    private let settings: CacheSettings

    init(
        _ db: Database,
        settings: CacheSettings,
        source id: Int64,
        at time: UnixTime,
        copiedAt: UnixTime? = nil,
        jitter: Double,
        life: BundleLife? = nil
    ) throws {
        self.settings = settings
        source = try SourceTable.one(db, id: id)
        moment = Moment(clock: time, judged: try Meta.judged(db, time), copiedAt: copiedAt)
        books = Bookkeeping(settings: settings, source: source, moment: moment, jitter: jitter, life: life)
    }

    /// Confirms the body in use: received again, or said to be unchanged.
    func confirm(_ db: Database, _ validators: Validators) throws -> AcceptOutcome {
        guard source.bodySHA256 != nil else {
            try SourceTable.forgetValidators(db, source.id)
            try books.fail(db, code: Refusal.nothingToConfirm.code)
            return .refused(.nothingToConfirm)
        }
        try inUse.withdraw(db)
        let list = source.class == .crl ? try RevocationListTable.current(db, source: source.id) : nil
        try books.confirm(db, validators, nextUpdate: list?.nextUpdate)
        if try WantedTable.wants(db, url: source.url) {
            let listed = try ListingTable.open(db, source: source.id).filter(\.state.isListed)
            let kids = listed.compactMap(\.attributes.kid)
            try WantedTable.satisfy(db, url: source.url, kids: kids, missed: moment.clock)
        }
        return .unchanged
    }

    /// Takes a body that is not the one in use: applies it, holds it or refuses it.
    func take(_ db: Database, _ body: ReceivedBody, _ prepared: PreparedBody) throws -> AcceptOutcome {
        switch prepared {
        case .refused(let refusal):
            try books.fail(db, code: refusal.code)
            return .refused(refusal)
        case .list(let verified):
            return try ListAcceptance(source: source, moment: moment, books: books).accept(db, verified, body)
        case .set(let set) where source.class.revokesKeys:
            return try RevokedAcceptance(source: source, moment: moment, books: books).accept(db, set, body)
        case .set(let set): return try inUse.accept(db, set, body)
        }
    }

    /// Takes from a set that is older than ours what it revokes; nothing revoked is ever taken back.
    func unite(_ db: Database, _ set: PreparedSet) throws {
        guard source.class.revokesKeys else { return }
        try RevokedAcceptance(source: source, moment: moment, books: books).unite(db, set)
    }

    /// Why a body that somebody else fetched at `time` is not even looked at; nil where it may be.
    func refusal(ofCopyFrom time: UnixTime) -> Refusal? {
        if time > moment.judged + settings.clockSkew { return .copyFromFuture }
        let isTooOld = moment.judged - time >= settings.limits(for: source.class).unusableAfter
        if isTooOld, books.life == nil { return .copyTooOld }
        guard let lastSuccess = source.lastSuccess, time < lastSuccess else { return nil }
        return .copyOlder
    }

    /// What happens to the body of a set of keys in use.
    var inUse: SetAcceptance {
        SetAcceptance(settings: settings, source: source, moment: moment, books: books)
    }
}
