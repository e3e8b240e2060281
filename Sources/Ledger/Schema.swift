import GRDB

/// The ledger's tables and how they came to be; one migration per version, never changed once shipped.
enum Schema {
    /// The version this program writes and reads.
    static let version = 7

    /// "CFLD": marks the file as a ledger of this product.
    static let applicationID = 0x4346_4C44

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { db in
            for statement in first { try db.execute(sql: statement) }
            try db.execute(sql: "PRAGMA application_id = \(applicationID)")
            try db.execute(sql: "PRAGMA user_version = 1")
        }
        migrator.registerMigration("2") { db in
            for statement in second { try db.execute(sql: statement) }
            try db.execute(sql: "PRAGMA user_version = 2")
        }
        migrator.registerMigration("3") { db in
            for statement in third { try db.execute(sql: statement) }
            try db.execute(sql: "PRAGMA user_version = 3")
        }
        migrator.registerMigration("4") { db in
            for statement in ClientRows.statements { try db.execute(sql: statement) }
            try db.execute(sql: "PRAGMA user_version = 4")
        }
        migrator.registerMigration("5") { db in
            for statement in KeyRows.statements { try db.execute(sql: statement) }
            try db.execute(sql: "PRAGMA user_version = 5")
        }
        migrator.registerMigration("6") { db in
            for statement in KeyRunRows.statements { try db.execute(sql: statement) }
            try db.execute(sql: "PRAGMA user_version = 6")
        }
        migrator.registerMigration("7") { db in
            for statement in LookUps.statements { try db.execute(sql: statement) }
            try db.execute(sql: "PRAGMA user_version = 7")
        }
        return migrator
    }

    /// What exports need to know: in which group a client last changed, where its secret was told, what was exported.
    ///
    /// `change` is the number of a group, not a time: many groups share a second, and a pass has one time of its own.
    /// `secret_request` is the request whose result told the secret, where a later one made the record what it is.
    private static let third = [
        "ALTER TABLE client ADD COLUMN change INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE client ADD COLUMN secret_request BLOB CHECK (length(secret_request) = 32)",
        "CREATE INDEX client_change ON client (change)",
        "ALTER TABLE batch ADD COLUMN pace TEXT NOT NULL DEFAULT ''",
        """
        CREATE TABLE export (
          number INTEGER PRIMARY KEY,
          format TEXT NOT NULL,
          made_at INTEGER NOT NULL,
          after_change INTEGER NOT NULL,
          through_change INTEGER NOT NULL,
          clients INTEGER NOT NULL,
          deleted INTEGER NOT NULL,
          withheld INTEGER NOT NULL,
          secrets INTEGER NOT NULL
        ) STRICT
        """,
        "CREATE INDEX export_format ON export (format, number)",
    ]

    /// Migrated clients, and what batches and waiting requests need to know of being a migration.
    private static let second = [
        "ALTER TABLE client ADD COLUMN given_hash TEXT CHECK (given_hash IS NULL OR deleted_at IS NULL)",
        "ALTER TABLE client ADD COLUMN origin TEXT NOT NULL DEFAULT 'issued'",
        "ALTER TABLE batch ADD COLUMN mode TEXT NOT NULL DEFAULT 'ordinary'",
        "ALTER TABLE batch ADD COLUMN migrated INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE batch ADD COLUMN relaxed INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE batch ADD COLUMN relaxations TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE deferred ADD COLUMN mode TEXT NOT NULL DEFAULT 'ordinary'",
    ]

    private static let first = [
        """
        CREATE TABLE request (
          number INTEGER PRIMARY KEY,
          request_sha256 BLOB NOT NULL UNIQUE CHECK (length(request_sha256) = 32),
          jti_key BLOB UNIQUE CHECK (length(jti_key) = 32),
          outcome TEXT,
          client_id TEXT,
          result_name TEXT NOT NULL,
          line INTEGER,
          decided_at INTEGER NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE statement (
          jti_key BLOB PRIMARY KEY CHECK (length(jti_key) = 32),
          first_seen_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE client (
          client_id TEXT PRIMARY KEY,
          software_id TEXT NOT NULL,
          org_id TEXT NOT NULL,
          organisation_identifier TEXT,
          environment TEXT NOT NULL,
          channel TEXT NOT NULL,
          auth_method TEXT NOT NULL,
          secret_hash BLOB CHECK (length(secret_hash) = 32),
          issued_at INTEGER NOT NULL,
          updated_at INTEGER NOT NULL,
          deleted_at INTEGER,
          request_sha256 BLOB NOT NULL CHECK (length(request_sha256) = 32),
          certificate_sha256 TEXT CHECK (length(certificate_sha256) = 64),
          summary TEXT NOT NULL,
          CHECK (deleted_at IS NULL OR secret_hash IS NULL)
        ) STRICT, WITHOUT ROWID
        """,
        "CREATE INDEX client_software ON client (software_id, environment) WHERE deleted_at IS NULL",
        "CREATE INDEX client_issued ON client (issued_at)",
        """
        CREATE TABLE work_group (
          number INTEGER PRIMARY KEY,
          name TEXT NOT NULL,
          committed_at INTEGER NOT NULL,
          requests INTEGER NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE outbox (
          number INTEGER PRIMARY KEY,
          group_number INTEGER NOT NULL,
          staged TEXT NOT NULL,
          result TEXT NOT NULL,
          sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
          lost INTEGER NOT NULL DEFAULT 0
        ) STRICT
        """,
        "CREATE INDEX outbox_group ON outbox (group_number)",
        """
        CREATE TABLE batch (
          number INTEGER PRIMARY KEY,
          key TEXT NOT NULL UNIQUE,
          manifest_id TEXT UNIQUE,
          file TEXT NOT NULL,
          bytes INTEGER NOT NULL,
          content_sha256 BLOB NOT NULL CHECK (length(content_sha256) = 32),
          staged TEXT NOT NULL,
          state TEXT NOT NULL,
          input_offset INTEGER NOT NULL,
          output_offset INTEGER NOT NULL,
          lines INTEGER NOT NULL,
          accepted INTEGER NOT NULL,
          rejected INTEGER NOT NULL,
          malformed INTEGER NOT NULL,
          deferred INTEGER NOT NULL,
          duplicate INTEGER NOT NULL,
          started_at INTEGER NOT NULL,
          updated_at INTEGER NOT NULL
        ) STRICT
        """,
        "CREATE INDEX batch_open ON batch (number) WHERE state <> 'done'",
        """
        CREATE TABLE deferred (
          request_sha256 BLOB PRIMARY KEY CHECK (length(request_sha256) = 32),
          file TEXT NOT NULL,
          stem TEXT NOT NULL,
          line INTEGER,
          first_deferred_at INTEGER NOT NULL,
          next_try_at INTEGER NOT NULL,
          attempts INTEGER NOT NULL,
          reason TEXT NOT NULL
        ) STRICT, WITHOUT ROWID
        """,
        "CREATE INDEX deferred_due ON deferred (next_try_at)",
        """
        CREATE TABLE wanted (
          request_sha256 BLOB NOT NULL REFERENCES deferred ON DELETE CASCADE,
          position INTEGER NOT NULL,
          url TEXT NOT NULL,
          kind TEXT NOT NULL,
          kid TEXT,
          org_id TEXT,
          software_id TEXT,
          PRIMARY KEY (request_sha256, position)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE audit (
          number INTEGER PRIMARY KEY,
          at INTEGER NOT NULL,
          line TEXT NOT NULL,
          previous BLOB NOT NULL CHECK (length(previous) = 32),
          hash BLOB NOT NULL CHECK (length(hash) = 32)
        ) STRICT
        """,
        """
        CREATE TABLE tally (
          day INTEGER NOT NULL,
          outcome TEXT NOT NULL,
          requests INTEGER NOT NULL,
          PRIMARY KEY (day, outcome)
        ) STRICT, WITHOUT ROWID
        """,
        "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
        "INSERT INTO meta (name, value) VALUES ('published_through', '0')",
    ]
}
