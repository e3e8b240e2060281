import Encoding
import GRDB
import JOSE

/// Which key was listed where, and when: the rows of `listing`.
///
/// A change closes a row and opens another; nothing is rewritten.
enum ListingTable {
    private static let names = [
        "id", "source_id", "spki_sha256", "kid", "key_use", "algorithm", "operations", "certificate", "position",
        "state",
        "state_since", "grace_until", "returns", "from_low", "from_high", "to_low", "to_high", "not_before",
        "not_after",
    ]

    /// The columns `decode` reads, in its order.
    static let columns = names.joined(separator: ", ")

    /// The same for a join.
    static func columns(of table: String) -> String { names.map { "\(table).\($0)" }.joined(separator: ", ") }

    /// What a source lists, or listed, as known now.
    static func open(_ db: Database, source: Int64) throws -> [Listing] {
        try open(db, where: "source_id = ?", [source])
    }

    /// Open rows by a condition on `listing`.
    static func open(_ db: Database, where condition: String, _ arguments: StatementArguments) throws -> [Listing] {
        try Prepared.rows(
            db,
            sql: "SELECT \(columns) FROM listing WHERE recorded_to IS NULL AND (\(condition)) ORDER BY id",
            arguments: arguments
        )
        .map(decode)
    }

    /// Whether a source listed anything in a generation.
    static func isAny(_ db: Database, source: Int64, in generation: Int) throws -> Bool {
        try Prepared.value(
            Bool.self,
            db,
            sql: """
                SELECT EXISTS (SELECT 1 FROM listing WHERE source_id = ?1 AND generation_from <= ?2
                AND coalesce(generation_to, ?2 + 1) > ?2)
                """,
            arguments: [source, generation]
        ) ?? false
    }

    /// The generation that the transaction will make.
    private static let nextGeneration = "(SELECT value + 1 FROM meta WHERE name = 'generation')"

    /// Opens a row; its id is chosen here.
    static func insert(_ db: Database, _ listing: Listing, at time: UnixTime) throws {
        try Prepared.run(
            db,
            sql: """
                INSERT INTO listing(source_id, spki_sha256, kid, key_use, algorithm, operations, certificate, position, state,
                  state_since, grace_until, returns, from_low, from_high, to_low, to_high, not_before, not_after,
                  recorded_from, generation_from)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, \(nextGeneration))
                """,
            arguments: [
                listing.sourceID, Blob(listing.spki), Blob(listing.attributes.kid), listing.attributes.use,
                listing.attributes.algorithm, listing.attributes.operations, Blob(listing.attributes.certificate),
                listing.position, listing.state.rawValue, listing.stateSince, listing.graceUntil, listing.returns,
                listing.fromLow, listing.fromHigh, listing.toLow, listing.toHigh,
                listing.attributes.lifetime.notBefore, listing.attributes.lifetime.notAfter, time,
            ]
        )
    }

    /// Closes a row and opens its successor.
    static func replace(_ db: Database, _ listing: Listing, at time: UnixTime) throws {
        try Prepared.run(
            db,
            sql: "UPDATE listing SET recorded_to = ?, generation_to = \(nextGeneration) WHERE id = ?",
            arguments: [time, listing.id]
        )
        try insert(db, listing, at: time)
    }

    static func decode(_ row: Row) throws -> Listing {
        let name: String = row[9]
        guard let state = ListingState(rawValue: name) else {
            throw KeyStoreError.corrupt("unknown listing state \(name)")
        }
        return Listing(
            id: row[0],
            sourceID: row[1],
            spki: (row[2] as Blob).bytes,
            attributes: ListingAttributes(
                kid: (row[3] as Blob?)?.bytes,
                use: row[4],
                algorithm: row[5],
                operations: row[6],
                certificate: (row[7] as Blob?)?.bytes,
                lifetime: KeyLifetime(notBefore: row[17], notAfter: row[18])
            ),
            position: row[8],
            state: state,
            stateSince: row[10],
            graceUntil: row[11],
            returns: row[12],
            fromLow: row[13],
            fromHigh: row[14],
            toLow: row[15],
            toHigh: row[16]
        )
    }
}
