import GRDB

/// The tables of the cache, by migration.
///
/// Times are seconds since 1970 (UTC), digests are 32 bytes.
/// Bodies are kept as received and apart from what was made of them. Rows of `listing`, `revocation` and
/// `revocation_list` are never changed, only closed (`recorded_to`), so that what was known at any time can be told.
enum Schema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 sources, keys and listings") { db in
            for statement in [sources, material, listings, lists, operations] { try db.execute(sql: statement) }
        }
        migrator.registerMigration("2 history by source") { db in
            try db.execute(sql: "CREATE INDEX listing_source ON listing(source_id, id)")
        }
        migrator.registerMigration("3 claims, forced fetches, and what was looked for in vain") { db in
            try db.execute(sql: claims)
        }
        migrator.registerMigration("4 lives, operators and hosts", migrate: SchemaOfLives.migrate)
        migrator.registerMigration("bundles and their trust", migrate: SchemaOfBundles.migrate)
        migrator.registerMigration("events of bundles", migrate: SchemaOfBundles.indexLog)
        migrator.registerMigration("past states", migrate: SchemaOfReplay.migrate)
        return migrator
    }

    private static let sources = """
        CREATE TABLE body(
            sha256 BLOB PRIMARY KEY, bytes BLOB NOT NULL, first_seen INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE source(
            id INTEGER PRIMARY KEY, url TEXT NOT NULL UNIQUE, class TEXT NOT NULL, environment TEXT,
            organisation_id TEXT, software_id TEXT, origin TEXT NOT NULL,
            etag TEXT, last_modified TEXT, body BLOB REFERENCES body(sha256),
            last_attempt INTEGER, last_success INTEGER, last_change INTEGER,
            fresh_until INTEGER, usable_until INTEGER, next_due INTEGER NOT NULL,
            failure_count INTEGER NOT NULL DEFAULT 0, reach INTEGER NOT NULL DEFAULT 0, last_error TEXT,
            content_generation INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE INDEX source_due ON source(next_due);
        CREATE INDEX source_organisation ON source(organisation_id, class);
        CREATE INDEX source_software ON source(software_id, class);
        """

    private static let material = """
        CREATE TABLE key(
            spki_sha256 BLOB PRIMARY KEY, thumbprint BLOB NOT NULL, spki BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE certificate(
            sha256 BLOB PRIMARY KEY, der BLOB NOT NULL, spki_sha256 BLOB NOT NULL, issuer BLOB NOT NULL,
            serial BLOB NOT NULL, not_before INTEGER NOT NULL, not_after INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX certificate_issuer ON certificate(issuer, serial);
        CREATE TABLE vetting(
            certificate BLOB PRIMARY KEY REFERENCES certificate(sha256), anchors BLOB NOT NULL, vetted_at INTEGER NOT NULL,
            is_trusted INTEGER NOT NULL, issued_by_directory INTEGER NOT NULL,
            fault_code INTEGER NOT NULL, fault_text TEXT NOT NULL, fault_depth INTEGER NOT NULL,
            not_before INTEGER NOT NULL, not_after INTEGER NOT NULL, issuers BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;
        """

    private static let listings = """
        CREATE TABLE listing(
            id INTEGER PRIMARY KEY, source_id INTEGER NOT NULL REFERENCES source(id),
            spki_sha256 BLOB NOT NULL REFERENCES key(spki_sha256), kid BLOB, position INTEGER NOT NULL,
            key_use TEXT, algorithm TEXT, operations INTEGER, certificate BLOB REFERENCES certificate(sha256),
            state TEXT NOT NULL, state_since INTEGER NOT NULL, grace_until INTEGER, returns INTEGER NOT NULL,
            from_low INTEGER, from_high INTEGER NOT NULL, to_low INTEGER, to_high INTEGER,
            recorded_from INTEGER NOT NULL, recorded_to INTEGER
        ) STRICT;
        CREATE INDEX listing_now ON listing(source_id) WHERE recorded_to IS NULL;
        CREATE INDEX listing_key ON listing(spki_sha256) WHERE recorded_to IS NULL;
        CREATE INDEX listing_timed ON listing(state) WHERE recorded_to IS NULL AND state <> 'active';
        CREATE INDEX listing_history ON listing(kid, from_low);
        """

    private static let lists = """
        CREATE TABLE revocation(
            id INTEGER PRIMARY KEY, source_id INTEGER NOT NULL REFERENCES source(id),
            organisation_id TEXT, software_id TEXT, spki_sha256 BLOB, kid BLOB, certificate BLOB,
            revoked_at INTEGER NOT NULL, recorded_from INTEGER NOT NULL, recorded_to INTEGER
        ) STRICT;
        CREATE INDEX revocation_key ON revocation(spki_sha256);
        CREATE INDEX revocation_source ON revocation(source_id);
        CREATE INDEX revocation_organisation ON revocation(organisation_id);
        CREATE INDEX revocation_software ON revocation(software_id);
        CREATE TABLE revocation_list(
            id INTEGER PRIMARY KEY, source_id INTEGER NOT NULL REFERENCES source(id), issuer BLOB NOT NULL,
            number TEXT NOT NULL, this_update INTEGER NOT NULL, next_update INTEGER NOT NULL, entries INTEGER NOT NULL,
            body BLOB NOT NULL REFERENCES body(sha256), signer BLOB NOT NULL,
            recorded_from INTEGER NOT NULL, recorded_to INTEGER
        ) STRICT;
        CREATE UNIQUE INDEX revocation_list_now ON revocation_list(source_id) WHERE recorded_to IS NULL;
        """

    private static let operations = """
        CREATE TABLE hold(
            id INTEGER PRIMARY KEY, source_id INTEGER NOT NULL REFERENCES source(id), rule TEXT NOT NULL,
            body BLOB NOT NULL REFERENCES body(sha256), etag TEXT, last_modified TEXT, seen INTEGER NOT NULL,
            first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL, decision TEXT, decided_at INTEGER
        ) STRICT;
        CREATE UNIQUE INDEX hold_open ON hold(source_id) WHERE decision IS NULL;
        CREATE TABLE event(
            seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, kind TEXT NOT NULL, source_id INTEGER,
            data TEXT NOT NULL, hash BLOB NOT NULL
        ) STRICT;
        CREATE TABLE wanted(
            url TEXT NOT NULL, kid TEXT NOT NULL, since INTEGER NOT NULL, PRIMARY KEY(url, kid)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE meta(name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        INSERT INTO meta(name, value) VALUES ('generation', 0), ('pulse', 0), ('time_floor', 0);
        """

    private static let claims = """
        CREATE TABLE claim(
            source_id INTEGER PRIMARY KEY REFERENCES source(id), owner INTEGER NOT NULL, until INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE forced(
            id INTEGER PRIMARY KEY, source_id INTEGER NOT NULL REFERENCES source(id), at INTEGER NOT NULL,
            full_at INTEGER NOT NULL
        ) STRICT;
        ALTER TABLE wanted ADD COLUMN missed INTEGER;
        CREATE INDEX wanted_since ON wanted(since);
        """
}
