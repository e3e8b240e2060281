import Encoding
import GRDB
import PKIX

/// What happens to the body of a revocation list: signed by an authority we know, and never older than the one in use.
struct ListAcceptance {
    let source: Source
    let moment: Moment
    let books: Bookkeeping

    /// Puts a verified list in the place of the one in use, unless that is newer.
    func accept(_ db: Database, _ verified: VerifiedList, _ body: ReceivedBody) throws -> AcceptOutcome {
        let list = verified.list
        if let current = try RevocationListTable.current(db, source: source.id),
            !list.mayReplace(number: current.number, thisUpdate: current.thisUpdate)
        {
            try books.fail(db, code: Refusal.listOlder.code)
            return .refused(.listOlder)
        }
        try BodyTable.keep(db, body.bytes, digest: body.digest, at: moment.judged)
        try RevocationListTable.replace(
            db,
            source: source.id,
            with: list,
            body: body.digest,
            signer: verified.signer,
            at: moment.judged
        )
        try books.succeed(db, body, nextUpdate: list.nextUpdate, isContent: true)
        try WantedTable.satisfy(db, url: source.url, kids: [], missed: nil)
        let data = EventData.changes(added: list.serials.count, removed: 0, revoked: 0, body: body.digest)
        try EventLog.append(db, .listChanged, source: source.id, at: moment.judged, data: data)
        return .updated(added: list.serials.count, removed: 0, revoked: 0)
    }
}
