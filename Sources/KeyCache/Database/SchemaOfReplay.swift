import GRDB

/// The tables that let a past state of the cache be told, so that what was judged in it can be judged again.
enum SchemaOfReplay {
    static func migrate(_ db: Database) throws {
        try db.execute(sql: tables)
        // What was in use then is known; how it came to be is not, so the states before cannot be told.
        try db.execute(
            sql: "INSERT INTO meta(name, value) SELECT '\(ReplayTable.floor)', value FROM meta WHERE name = 'pulse'"
        )
        let rows = try Row.fetchAll(
            db,
            sql: "SELECT id, last_success, bundle FROM source WHERE last_success IS NOT NULL"
        )
        let pulse = try Int64.fetchOne(db, sql: "SELECT value FROM meta WHERE name = 'pulse'") ?? 0
        for row in rows {
            let note = FetchNote(pulse: pulse, fetchedAt: row[1], bundle: row[2])
            try FetchTable.append(db, source: row[0], note, at: row[1])
        }
        try db.execute(
            sql: "INSERT INTO bundle_life(bundle, pulse, usable_until) SELECT id, ?, usable_until FROM bundle",
            arguments: [pulse]
        )
    }

    /// `change` makes the body of a list that was replaced out of the body after it.
    ///
    /// `fetch_day` has, for a source and a
    /// day, the notes of `FetchNotes`, by the pulse of the first.
    private static let tables = """
        ALTER TABLE generation ADD COLUMN pulse INTEGER;
        ALTER TABLE revocation ADD COLUMN generation_to INTEGER;
        ALTER TABLE revocation_list ADD COLUMN generation_from INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE revocation_list ADD COLUMN generation_to INTEGER;
        ALTER TABLE revocation_list ADD COLUMN change BLOB;
        CREATE INDEX revocation_list_source ON revocation_list(source_id, id);
        CREATE TABLE vetting_past(
            certificate BLOB NOT NULL, generation_to INTEGER NOT NULL, anchors BLOB NOT NULL,
            is_trusted INTEGER NOT NULL, issued_by_directory INTEGER NOT NULL,
            fault_code INTEGER NOT NULL, fault_text TEXT NOT NULL, fault_depth INTEGER NOT NULL,
            not_before INTEGER NOT NULL, not_after INTEGER NOT NULL, issuers BLOB NOT NULL,
            PRIMARY KEY(certificate, generation_to)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE fetch_day(
            source_id INTEGER NOT NULL REFERENCES source(id), pulse INTEGER NOT NULL, day INTEGER NOT NULL,
            notes BLOB NOT NULL, PRIMARY KEY(source_id, pulse)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE bundle_life(
            bundle INTEGER NOT NULL REFERENCES bundle(id), pulse INTEGER NOT NULL, usable_until INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE anchor_set(
            digest BLOB PRIMARY KEY, directory BLOB NOT NULL, qualified BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;
        """
}
