import Crypto
import Encoding
import GRDB
import PKIX

/// What happens to the body of a revocation list: signed by an authority we know, and never older than the one in use.
///
/// What it says of certificates we know is kept beyond it: a certificate that ended leaves the list and stays revoked.
struct ListAcceptance {
    let source: Source
    let moment: Moment
    let books: Bookkeeping

    /// Puts a verified list in the place of the one in use, unless that is newer.
    func accept(_ db: Database, _ verified: VerifiedList, _ body: ReceivedBody) throws -> AcceptOutcome {
        let list = verified.list
        let current = try RevocationListTable.current(db, source: source.id)
        if let current, !list.mayReplace(number: current.number, thisUpdate: current.thisUpdate) {
            try books.fail(db, code: Refusal.listOlder.code)
            return .refused(.listOlder)
        }
        // A list that is over already would take away one that is not.
        if let current, list.nextUpdate <= moment.judged, current.nextUpdate > moment.judged {
            try books.fail(db, code: Refusal.listOutOfDate.code)
            return .refused(.listOutOfDate)
        }
        try BodyTable.keep(db, body.bytes, digest: body.digest, at: moment.judged)
        let before = try current.flatMap { try BodyTable.bytes(db, digest: $0.body) }
        try RevocationListTable.replace(
            db,
            source: source.id,
            with: list,
            body: body.digest,
            change: before.map { BodyChange.encode($0, from: body.bytes) },
            signer: verified.signer,
            at: moment.judged
        )
        let revoked = try revoke(db, try note(db, list))
        try books.succeed(db, body, nextUpdate: list.nextUpdate, isContent: true)
        if let current, current.body != body.digest { try BodyTable.forget(db, digest: current.body) }
        try WantedTable.satisfy(db, url: source.url, kids: [], missed: nil)
        let data = EventData.changes(added: list.serials.count, removed: 0, revoked: revoked, body: body.digest)
        try EventLog.append(db, .listChanged, source: source.id, at: moment.judged, data: data)
        return .updated(added: list.serials.count, removed: 0, revoked: revoked)
    }

    /// Keeps what the list says of certificates we know, and returns those revoked for good that were not before,
    /// each with the time the list gives.
    private func note(_ db: Database, _ list: RevocationList) throws -> [[UInt8]: UnixTime] {
        var known = try RevocationTable.listed(db, source: source.id)
        var revoked: [[UInt8]: UnixTime] = [:]
        for certificate in try CertificateTable.issued(db, by: list.issuerDER) {
            guard let serial = SerialNumber(certificate.serial), let entry = list.serials[serial],
                entry.reason != .removeFromList
            else { continue }
            let before = known.removeValue(forKey: certificate.fingerprint)
            guard before?.reason != entry.reason, try covers(db, certificate.fingerprint, list) else { continue }
            if let before { try RevocationTable.close(db, before.id, at: moment.judged) }
            try keep(db, certificate, entry)
            if entry.reason != .certificateHold { revoked[certificate.fingerprint] = entry.revokedAt }
        }
        // A suspension that was lifted leaves the list; everything else stays revoked.
        for (_, row) in known where row.reason == .certificateHold {
            try RevocationTable.close(db, row.id, at: moment.judged)
        }
        return revoked
    }

    private func keep(_ db: Database, _ certificate: CertificateTable.Issued, _ entry: RevokedSerials.Entry) throws {
        // A key that fell into other hands is lost under any certificate.
        let spki = entry.reason == .keyCompromise ? certificate.spki : nil
        let origin = RevocationTable.Origin(
            channel: .crl,
            source: source.id,
            revokedAt: entry.revokedAt,
            reason: entry.reason
        )
        let what = RevocationTable.Entry(spki: spki, certificate: certificate.fingerprint)
        try RevocationTable.insert(db, what, origin, at: moment.judged)
    }

    private func covers(_ db: Database, _ fingerprint: [UInt8], _ list: RevocationList) throws -> Bool {
        guard let der = try CertificateTable.der(db, fingerprint) else { return false }
        do { return list.covers(try Certificate.decode(der)) } catch { return false }
    }

    /// Revokes the listings of certificates, and returns how many those were.
    private func revoke(_ db: Database, _ certificates: [[UInt8]: UnixTime]) throws -> Int {
        var bySource: [Int64: [Listing]] = [:]
        for certificate in certificates.keys {
            let listings = try ListingTable.open(
                db,
                where: "state <> 'revoked' AND certificate = ?",
                [Blob(certificate)]
            )
            for listing in listings { bySource[listing.sourceID, default: []].append(listing) }
        }
        var count = 0
        for (id, listings) in bySource.sorted(by: { $0.key < $1.key }) {
            let concerned = try SourceTable.one(db, id: id)
            guard concerned.class.publishesKeys else { continue }
            var changes = ListingChanges(source: concerned, moment: moment, grace: 0, revoked: RevokedKeys())
            for listing in listings {
                let since = listing.attributes.certificate.flatMap { certificates[$0] }
                try changes.revoke(db, [listing], since: since)
            }
            let generation = try Meta.nextGeneration(db, at: moment.judged)
            try SourceTable.change(db, id, at: moment.judged, generation: generation)
            count += changes.revocations
        }
        return count
    }
}
