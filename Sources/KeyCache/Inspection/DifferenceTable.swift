import Crypto
import GRDB

/// Compares the rows of `listing` in force in two generations.
enum DifferenceTable {
    static func between(_ db: Database, _ old: Int, _ new: Int) throws -> [KeyDifference] {
        let rows = try Prepared.rows(
            db,
            sql: """
                SELECT \(ListingTable.columns(of: "listing")), url, generation_from, generation_to
                FROM listing JOIN source ON source.id = source_id
                WHERE class IN ('directory', 'organisation', 'software') AND generation_from <= ?2
                  AND (generation_from > ?1 OR (generation_to > ?1 AND generation_to <= ?2))
                ORDER BY source_id, listing.id
                """,
            arguments: [old, new]
        )
        var ends: [Name: (before: Listing?, after: Listing?, url: String)] = [:]
        var names: [Name] = []
        for row in rows {
            let listing = try ListingTable.decode(row)
            let name = Name(source: listing.sourceID, spki: listing.spki, kid: listing.attributes.kid)
            var end = ends[name] ?? (nil, nil, row[19])
            if ends[name] == nil { names.append(name) }
            let (from, to): (Int, Int?) = (row[20], row[21])
            if isInForce(old, from, to) { end.before = listing }
            if isInForce(new, from, to) { end.after = listing }
            ends[name] = end
        }
        return try names.compactMap { name in
            try ends[name].flatMap { try difference(name, $0.before, $0.after, $0.url) }
        }
    }

    private struct Name: Hashable {
        let source: Int64
        let spki: [UInt8]
        let kid: [UInt8]?
    }

    private static func isInForce(_ generation: Int, _ from: Int, _ to: Int?) -> Bool {
        from <= generation && (to.map { generation < $0 } ?? true)
    }

    private static func difference(_ name: Name, _ before: Listing?, _ after: Listing?, _ url: String) throws
        -> KeyDifference?
    {
        guard before?.state != after?.state || before?.attributes != after?.attributes else { return nil }
        guard let spki = SHA256Digest(bytes: name.spki) else { throw KeyStoreError.corrupt("a key has no digest") }
        return KeyDifference(
            url: url,
            kid: name.kid,
            spkiSHA256: spki,
            before: before?.state,
            after: after?.state,
            isReworded: before != nil && after != nil && before?.attributes != after?.attributes
        )
    }
}
