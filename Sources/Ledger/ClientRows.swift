/// How the clients came to lie in the order they were issued in (version 4).
///
/// Sorted by their random ids, each row cost a page of its own and one beyond it for what did not fit: 4.4 KB of disk
/// and as much of the log for 1.1 KB of text.
enum ClientRows {
    static let statements = [
        """
        CREATE TABLE client_row (
          number INTEGER PRIMARY KEY,
          client_id TEXT NOT NULL UNIQUE,
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
        "INSERT INTO client_row (\(columns)) SELECT \(columns) FROM client ORDER BY change, issued_at, client_id",
        "DROP TABLE client",
        "ALTER TABLE client_row RENAME TO client",
        "CREATE INDEX client_software ON client (software_id, environment) WHERE deleted_at IS NULL",
        "CREATE INDEX client_issued ON client (issued_at)",
        "CREATE INDEX client_change ON client (change)",
    ]

    private static let columns = """
        client_id, software_id, org_id, organisation_identifier, environment, channel, auth_method, secret_hash,
        issued_at, updated_at, deleted_at, request_sha256, certificate_sha256, given_hash, origin, change,
        secret_request, summary
        """
}
