import Crypto
import Encoding
import GRDB

/// Carries out an operator's word that something is revoked, in one transaction.
struct OperatorRevocation {
    let order: RevocationOrder
    let time: UnixTime

    /// Revokes what is listed, keeps the word for what may be listed later, and returns how many listings it concerned.
    func run(_ db: Database) throws -> Int {
        try RevocationTable.insert(db, entry, origin, at: time)
        var count = 0
        for source in try SourceTable.all(db) where source.class.publishesKeys {
            let listings = try concerned(db, source)
            guard !listings.isEmpty else { continue }
            let moment = Moment(clock: time, judged: time)
            var changes = ListingChanges(source: source, moment: moment, grace: 0, revoked: RevokedKeys())
            try changes.revoke(db, listings)
            let generation = try Meta.nextGeneration(db, at: time)
            try SourceTable.change(db, source.id, at: time, generation: generation)
            count += changes.revocations
        }
        if count == 0 { _ = try Meta.nextGeneration(db, at: time) }
        let data = EventData.order(order, listings: count)
        try EventLog.append(db, .operatorRevoked, source: nil, at: time, data: data)
        try Meta.beat(db, at: time)
        return count
    }

    /// Whether an operator, here or elsewhere, said the same before.
    func isKnown(_ db: Database) throws -> Bool {
        try RevocationTable.orders(db).contains { $0.target == order.target }
    }

    private var entry: RevocationTable.Entry {
        switch order.target {
        case .key(let digest): RevocationTable.Entry(spki: digest.bytes)
        case .certificate(let digest): RevocationTable.Entry(certificate: digest.bytes)
        case .organisation, .software: RevocationTable.Entry()
        }
    }

    private var origin: RevocationTable.Origin {
        var origin = RevocationTable.Origin(
            channel: .operator,
            revokedAt: time,
            reason: order.reason,
            word: order.word
        )
        if case .organisation(let id) = order.target { origin.organisationID = id }
        if case .software(let id) = order.target { origin.softwareID = id }
        return origin
    }

    private func concerned(_ db: Database, _ source: Source) throws -> [Listing] {
        let isLeft = "state <> 'revoked' AND source_id = ?"
        switch order.target {
        case .key(let digest):
            return try ListingTable.open(db, where: "\(isLeft) AND spki_sha256 = ?", [source.id, Blob(digest.bytes)])
        case .certificate(let digest):
            return try ListingTable.open(db, where: "\(isLeft) AND certificate = ?", [source.id, Blob(digest.bytes)])
        case .organisation(let id):
            return source.organisationID == id ? try ListingTable.open(db, where: isLeft, [source.id]) : []
        case .software(let id):
            return source.softwareID == id ? try ListingTable.open(db, where: isLeft, [source.id]) : []
        }
    }
}
