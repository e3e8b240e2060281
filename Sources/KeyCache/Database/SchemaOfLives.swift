import GRDB

/// The fourth version of the tables: whole lives of keys, the operator's word, and hosts that misbehave.
enum SchemaOfLives {
    static func migrate(_ db: Database) throws {
        for statement in [listings, revocations, lists, holds, generations] { try db.execute(sql: statement) }
        for row in try Row.fetchAll(db, sql: "SELECT id, url FROM source") {
            let url: String = row[1]
            try db.execute(
                sql: "UPDATE source SET host = ? WHERE id = ?",
                arguments: [SourceHost.of(url), row[0] as Int64]
            )
        }
    }

    private static let listings = """
        ALTER TABLE listing ADD COLUMN not_before INTEGER;
        ALTER TABLE listing ADD COLUMN not_after INTEGER;
        ALTER TABLE listing ADD COLUMN generation_from INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE listing ADD COLUMN generation_to INTEGER;
        CREATE INDEX listing_generation ON listing(generation_from);
        CREATE INDEX listing_closed ON listing(generation_to) WHERE generation_to IS NOT NULL;
        CREATE INDEX listing_certificate ON listing(certificate) WHERE recorded_to IS NULL;
        """

    /// `via` is `set`, `crl` or `operator`; an operator's row without a key speaks for the whole organisation or software.
    private static let revocations = """
        CREATE TABLE revocation_new(
            id INTEGER PRIMARY KEY, source_id INTEGER REFERENCES source(id), via TEXT NOT NULL,
            organisation_id TEXT, software_id TEXT, spki_sha256 BLOB, kid BLOB, certificate BLOB,
            revoked_at INTEGER NOT NULL, reason INTEGER, decided_by TEXT, decided_why TEXT,
            recorded_from INTEGER NOT NULL, recorded_to INTEGER, generation INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        INSERT INTO revocation_new(id, source_id, via, organisation_id, software_id, spki_sha256, kid, certificate,
            revoked_at, recorded_from, recorded_to)
          SELECT id, source_id, 'set', organisation_id, software_id, spki_sha256, kid, certificate, revoked_at,
            recorded_from, recorded_to FROM revocation;
        DROP TABLE revocation;
        ALTER TABLE revocation_new RENAME TO revocation;
        CREATE INDEX revocation_key ON revocation(spki_sha256);
        CREATE INDEX revocation_certificate ON revocation(certificate);
        CREATE INDEX revocation_source ON revocation(source_id);
        CREATE INDEX revocation_organisation ON revocation(organisation_id);
        CREATE INDEX revocation_software ON revocation(software_id);
        """

    /// The body of a list that was replaced is not kept: its row and the revocations it brought are.
    private static let lists = """
        CREATE TABLE revocation_list_new(
            id INTEGER PRIMARY KEY, source_id INTEGER NOT NULL REFERENCES source(id), issuer BLOB NOT NULL,
            number TEXT NOT NULL, this_update INTEGER NOT NULL, next_update INTEGER NOT NULL, entries INTEGER NOT NULL,
            body BLOB NOT NULL, signer BLOB NOT NULL, recorded_from INTEGER NOT NULL, recorded_to INTEGER
        ) STRICT;
        INSERT INTO revocation_list_new SELECT id, source_id, issuer, number, this_update, next_update, entries, body,
            signer, recorded_from, recorded_to FROM revocation_list;
        DROP TABLE revocation_list;
        ALTER TABLE revocation_list_new RENAME TO revocation_list;
        CREATE UNIQUE INDEX revocation_list_now ON revocation_list(source_id) WHERE recorded_to IS NULL;
        """

    private static let holds = """
        ALTER TABLE source ADD COLUMN host TEXT;
        CREATE INDEX source_host ON source(host);
        ALTER TABLE hold ADD COLUMN decided_by TEXT;
        ALTER TABLE hold ADD COLUMN decided_why TEXT;
        CREATE INDEX hold_seen ON hold(first_seen);
        CREATE TABLE brought(source_id INTEGER NOT NULL REFERENCES source(id), spki_sha256 BLOB NOT NULL, kid BLOB) STRICT;
        CREATE INDEX brought_source ON brought(source_id);
        CREATE TABLE breaker(
            id INTEGER PRIMARY KEY, host TEXT NOT NULL, opened_at INTEGER NOT NULL, affected INTEGER NOT NULL,
            known INTEGER NOT NULL, closed_at INTEGER, decision TEXT, decided_by TEXT, decided_why TEXT
        ) STRICT;
        CREATE UNIQUE INDEX breaker_open ON breaker(host) WHERE closed_at IS NULL;
        """

    private static let generations = """
        CREATE TABLE generation(number INTEGER PRIMARY KEY, at INTEGER NOT NULL) STRICT;
        CREATE INDEX generation_at ON generation(at);
        """
}
