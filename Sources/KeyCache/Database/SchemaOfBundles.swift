import GRDB

/// The tables of signed bundles: which were made and imported, and what is trusted of their metadata.
enum SchemaOfBundles {
    static func migrate(_ db: Database) throws {
        try db.execute(sql: tables)
    }

    /// Lets the few events of bundles be found among the many of keys.
    static func indexLog(_ db: Database) throws {
        try db.execute(sql: "CREATE INDEX event_bundle ON event(seq) WHERE kind IN (\(kinds))")
    }

    /// The names of their events, as SQL.
    static let kinds = EventKind.ofBundles.map { "'\($0.rawValue)'" }.joined(separator: ", ")

    /// Of the roots in `trust` all versions stay, of every other role the last one.
    ///
    /// `pin` is the digest of the root an operator named. A source knows the bundle its body came with, until a fetch of our own brings or confirms one.
    private static let tables = """
        CREATE TABLE bundle(
            id INTEGER PRIMARY KEY, direction TEXT NOT NULL, repository TEXT NOT NULL, version INTEGER NOT NULL,
            created INTEGER NOT NULL, expires INTEGER NOT NULL,
            fresh_until INTEGER NOT NULL, usable_until INTEGER NOT NULL,
            sha256 BLOB NOT NULL, signers TEXT NOT NULL, at INTEGER NOT NULL,
            targets BLOB, last_event INTEGER, decided_by TEXT, decided_why TEXT
        ) STRICT;
        CREATE INDEX bundle_version ON bundle(direction, version);
        CREATE TABLE trust(
            role TEXT NOT NULL, version INTEGER NOT NULL, sha256 BLOB NOT NULL, json BLOB, at INTEGER NOT NULL,
            PRIMARY KEY(role, version)
        ) STRICT, WITHOUT ROWID;
        ALTER TABLE source ADD COLUMN bundle INTEGER REFERENCES bundle(id);
        ALTER TABLE hold ADD COLUMN bundle INTEGER REFERENCES bundle(id);
        ALTER TABLE hold ADD COLUMN copied_at INTEGER;
        """
}
