import GRDB

/// The rows of `brought`: keys in use that came with bodies whose removals still wait.
///
/// They are no sign that a set is still the same, and go again when the set goes back.
enum BroughtTable {
    static func of(_ db: Database, source: Int64) throws -> Set<ListingName> {
        let rows = try Prepared.rows(
            db,
            sql: "SELECT spki_sha256, kid FROM brought WHERE source_id = ?",
            arguments: [source]
        )
        return Set(rows.map { ListingName(spki: ($0[0] as Blob).bytes, kid: ($0[1] as Blob?)?.bytes) })
    }

    static func note(_ db: Database, source: Int64, _ names: [ListingName]) throws {
        for name in names {
            try Prepared.run(
                db,
                sql: "INSERT INTO brought(source_id, spki_sha256, kid) VALUES (?, ?, ?)",
                arguments: [source, Blob(name.spki), Blob(name.kid)]
            )
        }
    }

    static func forget(_ db: Database, source: Int64) throws {
        try Prepared.run(db, sql: "DELETE FROM brought WHERE source_id = ?", arguments: [source])
    }
}
