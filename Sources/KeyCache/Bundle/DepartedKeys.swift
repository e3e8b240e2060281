import Encoding
import GRDB
import JOSE

/// Keeps keys that left their sets before this cache saw them, so that migrations can judge by them.
struct DepartedKeys {
    let source: Source
    let time: UnixTime

    /// Adds an archived listing for a key the source never listed here under this kid; tells whether it did.
    func keep(_ db: Database, _ past: DepartedKey) throws -> Bool {
        let published = PublishedKey(past.key, certificate: nil)
        guard try !isKnown(db, published), let gone = past.period.toHigh else { return false }
        try KeyMaterialTable.keep(db, past.key)
        var attributes = published.attributes
        attributes.certificate = nil
        let listing = Listing(
            id: 0,
            sourceID: source.id,
            spki: published.spki,
            attributes: attributes,
            position: past.key.index,
            state: .archived,
            stateSince: min(gone, time),
            returns: 0,
            fromLow: past.period.fromLow,
            fromHigh: past.period.fromHigh,
            toLow: past.period.toLow,
            toHigh: gone
        )
        try ListingTable.insert(db, listing, at: time)
        return true
    }

    private func isKnown(_ db: Database, _ key: PublishedKey) throws -> Bool {
        try Prepared.value(
            Bool.self,
            db,
            sql: "SELECT EXISTS (SELECT 1 FROM listing WHERE source_id = ? AND spki_sha256 = ? AND kid IS ?)",
            arguments: [source.id, Blob(key.spki), Blob(key.attributes.kid)]
        ) ?? false
    }
}
