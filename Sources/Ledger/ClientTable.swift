package import Encoding
import GRDB
package import OpenBanking

/// The clients issued, living and deleted.
package struct ClientTable {
    private let insert: Prepared
    private let replace: Prepared
    private let bury: Prepared
    private let byID: Prepared
    private let bySoftware: Prepared
    private let countBySoftware: Prepared
    private let everyone: Prepared

    private static let columns = """
        client_id, software_id, org_id, organisation_identifier, environment, channel, auth_method, secret_hash,
        issued_at, updated_at, deleted_at, request_sha256, certificate_sha256, summary,
        given_hash, origin
        """

    init(_ db: Database) throws(LedgerError) {
        let columns = Self.columns
        insert = try Prepared(
            "INSERT INTO client (\(columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?, ?, ?, ?, ?)",
            db
        )
        replace = try Prepared(
            """
            UPDATE client SET organisation_identifier = ?, auth_method = ?, secret_hash = ?, given_hash = ?, updated_at = ?,
              request_sha256 = ?, certificate_sha256 = ?, summary = ?
            WHERE client_id = ? AND deleted_at IS NULL
            """,
            db
        )
        bury = try Prepared(
            """
            UPDATE client SET deleted_at = ?2, updated_at = ?2, secret_hash = NULL, given_hash = NULL
            WHERE client_id = ?1 AND deleted_at IS NULL
            """,
            db
        )
        byID = try Prepared("SELECT \(columns) FROM client WHERE client_id = ?", db)
        let active = "FROM client WHERE software_id = ? AND environment = ? AND deleted_at IS NULL"
        bySoftware = try Prepared("SELECT \(columns) \(active) ORDER BY issued_at, client_id", db)
        countBySoftware = try Prepared("SELECT count(*) \(active)", db)
        everyone = try Prepared("SELECT \(columns) FROM client WHERE client_id > ? ORDER BY client_id", db)
    }

    /// The client with this id, deleted or not.
    package func find(_ clientID: String) throws(LedgerError) -> ClientRecord? {
        try byID.first(.text(clientID)) { Self.record($0) } ?? nil
    }

    /// The living clients of one software statement in one environment, oldest first.
    package func active(
        softwareID: String,
        environment: DirectoryEnvironment
    ) throws(LedgerError) -> [ClientRecord] {
        try bySoftware.all(.text(softwareID), .text(environment.rawValue)) { Self.record($0) }.compactMap { $0 }
    }

    /// How many living clients one software statement has in one environment.
    package func countActive(softwareID: String, environment: DirectoryEnvironment) throws(LedgerError) -> Int {
        try countBySoftware.first(.text(softwareID), .text(environment.rawValue)) { Int($0.integer(0)) } ?? 0
    }

    /// Lends every client, deleted ones too, in the order of client_id from the one after `clientID`, until `body` says
    /// false.
    package func forEach(
        after clientID: String = "",
        _ body: (ClientRecord) throws(LedgerError) -> Bool
    ) throws(LedgerError) {
        try everyone.each(.text(clientID)) { row throws(LedgerError) in
            guard let record = Self.record(row) else { throw .corrupt("client \(row.text(0))") }
            return try body(record)
        }
    }

    /// Issues a client; `.constraint` when the id was ever issued before.
    package func issue(_ client: ClientRecord) throws(LedgerError) {
        try insert.run(
            .text(client.clientID),
            .text(client.softwareID),
            .text(client.organisationID),
            .text(client.organisationIdentifier),
            .text(client.environment.rawValue),
            .text(client.channel.rawValue),
            .text(client.authenticationMethod),
            .blob(client.secretHash),
            .integer(client.issuedAt),
            .integer(client.updatedAt),
            .digest(client.requestSHA256),
            .text(client.certificateFingerprint),
            .text(client.summary),
            .text(client.givenHash),
            .text(client.origin.rawValue)
        )
    }

    /// Replaces what an update may change: everything but the ids, the environment, the channel and the issue.
    package func update(_ client: ClientRecord) throws(LedgerError) {
        try replace.run(
            .text(client.organisationIdentifier),
            .text(client.authenticationMethod),
            .blob(client.secretHash),
            .text(client.givenHash),
            .integer(client.updatedAt),
            .digest(client.requestSHA256),
            .text(client.certificateFingerprint),
            .text(client.summary),
            .text(client.clientID)
        )
        guard replace.changes == 1 else { throw .missing("living client \(client.clientID)") }
    }

    /// Deletes a client; its id and its dates stay, its secret's hash goes.
    package func tombstone(_ clientID: String, at now: UnixTime) throws(LedgerError) {
        try bury.run(.text(clientID), .integer(now))
        guard bury.changes == 1 else { throw .missing("living client \(clientID)") }
    }

    private static func record(_ row: Prepared) -> ClientRecord? {
        guard
            let environment = DirectoryEnvironment(rawValue: row.text(4)),
            let channel = Channel(rawValue: row.text(5)),
            let origin = ClientRecord.Origin(rawValue: row.text(15))
        else { return nil }
        var record = ClientRecord(
            clientID: row.text(0),
            softwareID: row.text(1),
            organisationID: row.text(2),
            organisationIdentifier: row.optionalText(3),
            environment: environment,
            channel: channel,
            authenticationMethod: row.text(6),
            secretHash: row.optionalBlob(7),
            givenHash: row.optionalText(14),
            origin: origin,
            issuedAt: row.integer(8),
            requestSHA256: row.digest(11),
            certificateFingerprint: row.optionalText(12),
            summary: row.text(13)
        )
        record.updatedAt = row.integer(9)
        record.deletedAt = row.optionalInteger(10)
        return record
    }
}
