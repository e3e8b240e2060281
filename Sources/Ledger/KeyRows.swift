/// How keys whose order is chance came to be kept apart from the rows they find (version 5); see `KeyTable`.
///
/// What was found by an index of its own is found by `recent_key` until it is sealed. The triggers are what keeps a key
/// unique until then, and no row is without its keys: whoever writes, in whatever way. The kinds of keys have numbers
/// for good.
enum KeyRows {
    static let statements =
        [
            """
            CREATE TABLE recent_key (
              kind INTEGER NOT NULL,
              key ANY NOT NULL,
              number INTEGER NOT NULL,
              PRIMARY KEY (kind, key)
            ) STRICT, WITHOUT ROWID
            """,
            """
            CREATE TABLE key_run (
              run INTEGER PRIMARY KEY,
              kind INTEGER NOT NULL,
              level INTEGER NOT NULL,
              entries INTEGER NOT NULL,
              UNIQUE (kind, level)
            ) STRICT
            """,
            "CREATE TABLE key_block (place INTEGER PRIMARY KEY, entries BLOB NOT NULL) STRICT",
            "CREATE TABLE key_filter (place INTEGER PRIMARY KEY, bits BLOB NOT NULL) STRICT",
            """
            INSERT INTO recent_key (kind, key, number)
            SELECT \(LedgerKey.Kind.request.rawValue), request_sha256, number FROM request ORDER BY request_sha256
            """,
            """
            INSERT INTO recent_key (kind, key, number)
            SELECT \(LedgerKey.Kind.jti.rawValue), jti_key, number FROM request WHERE jti_key IS NOT NULL
            ORDER BY jti_key
            """,
            """
            INSERT INTO recent_key (kind, key, number)
            SELECT \(LedgerKey.Kind.client.rawValue), client_id, number FROM client ORDER BY client_id
            """,
        ] + requests + statementRows + clients

    private static let requests = [
        """
        CREATE TABLE request_row (
          number INTEGER PRIMARY KEY,
          request_sha256 BLOB NOT NULL CHECK (length(request_sha256) = 32),
          jti_key BLOB CHECK (length(jti_key) = 32),
          outcome TEXT,
          client_id TEXT,
          result_name TEXT NOT NULL,
          line INTEGER,
          decided_at INTEGER NOT NULL
        ) STRICT
        """,
        "INSERT INTO request_row SELECT * FROM request ORDER BY number",
        "DROP TABLE request",
        "ALTER TABLE request_row RENAME TO request",
        """
        CREATE TRIGGER request_known BEFORE INSERT ON request
        WHEN EXISTS (
            SELECT 1 FROM recent_key WHERE kind = \(LedgerKey.Kind.request.rawValue) AND key = NEW.request_sha256
          ) OR EXISTS (
            SELECT 1 FROM recent_key WHERE kind = \(LedgerKey.Kind.jti.rawValue) AND key = NEW.jti_key
          )
        BEGIN SELECT RAISE(IGNORE); END
        """,
        """
        CREATE TRIGGER request_entered AFTER INSERT ON request BEGIN
          INSERT INTO recent_key (kind, key, number)
          VALUES (\(LedgerKey.Kind.request.rawValue), NEW.request_sha256, NEW.number);
          INSERT INTO recent_key (kind, key, number)
          SELECT \(LedgerKey.Kind.jti.rawValue), NEW.jti_key, NEW.number WHERE NEW.jti_key IS NOT NULL;
        END
        """,
        """
        CREATE TRIGGER request_renamed AFTER UPDATE OF jti_key ON request WHEN OLD.jti_key IS NOT NEW.jti_key BEGIN
          DELETE FROM recent_key
          WHERE kind = \(LedgerKey.Kind.jti.rawValue) AND key = OLD.jti_key AND number = OLD.number;
          INSERT INTO recent_key (kind, key, number)
          SELECT \(LedgerKey.Kind.jti.rawValue), NEW.jti_key, NEW.number WHERE NEW.jti_key IS NOT NULL;
        END
        """,
    ]

    private static let statementRows = [
        """
        CREATE TABLE statement_row (
          number INTEGER PRIMARY KEY,
          jti_key BLOB NOT NULL CHECK (length(jti_key) = 32),
          first_seen_at INTEGER NOT NULL
        ) STRICT
        """,
        """
        INSERT INTO statement_row (jti_key, first_seen_at)
        SELECT jti_key, first_seen_at FROM statement ORDER BY first_seen_at, jti_key
        """,
        "DROP TABLE statement",
        "ALTER TABLE statement_row RENAME TO statement",
        """
        INSERT INTO recent_key (kind, key, number)
        SELECT \(LedgerKey.Kind.statement.rawValue), jti_key, number FROM statement ORDER BY jti_key
        """,
        """
        CREATE TRIGGER statement_known BEFORE INSERT ON statement
        WHEN EXISTS (
          SELECT 1 FROM recent_key WHERE kind = \(LedgerKey.Kind.statement.rawValue) AND key = NEW.jti_key
        )
        BEGIN SELECT RAISE(IGNORE); END
        """,
        """
        CREATE TRIGGER statement_entered AFTER INSERT ON statement BEGIN
          INSERT INTO recent_key (kind, key, number)
          VALUES (\(LedgerKey.Kind.statement.rawValue), NEW.jti_key, NEW.number);
        END
        """,
    ]

    private static let clients = [
        """
        CREATE TABLE client_row (
          number INTEGER PRIMARY KEY,
          client_id TEXT NOT NULL,
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
          given_hash TEXT CHECK (given_hash IS NULL OR deleted_at IS NULL),
          origin TEXT NOT NULL DEFAULT 'issued',
          change INTEGER NOT NULL DEFAULT 0,
          secret_request BLOB CHECK (length(secret_request) = 32),
          summary TEXT NOT NULL,
          CHECK (deleted_at IS NULL OR secret_hash IS NULL)
        ) STRICT
        """,
        "INSERT INTO client_row SELECT * FROM client ORDER BY number",
        "DROP TABLE client",
        "ALTER TABLE client_row RENAME TO client",
        "CREATE INDEX client_issued ON client (issued_at)",
        "CREATE INDEX client_change ON client (change)",
        """
        CREATE TABLE client_software (
          software_id TEXT NOT NULL,
          environment TEXT NOT NULL,
          number INTEGER NOT NULL,
          PRIMARY KEY (software_id, environment, number)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TRIGGER client_entered AFTER INSERT ON client BEGIN
          INSERT INTO recent_key (kind, key, number)
          VALUES (\(LedgerKey.Kind.client.rawValue), NEW.client_id, NEW.number);
        END
        """,
    ]
}
