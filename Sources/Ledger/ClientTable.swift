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
    private let matching: Prepared
    private let changed: Prepared
    private let keys: KeyTable
    private let software: SoftwareIndex
    private let group: GroupNumber

    private static let columns = """
        client_id, software_id, org_id, organisation_identifier, environment, channel, auth_method, secret_hash,
        issued_at, updated_at, deleted_at, request_sha256, certificate_sha256, summary,
        given_hash, origin, secret_request
        """

    init(_ db: Database, _ keys: KeyTable, _ software: SoftwareIndex, _ group: GroupNumber) throws(LedgerError) {
        self.keys = keys
        self.group = group
        self.software = software
        let columns = Self.columns
        insert = try Prepared(
            """
            INSERT INTO client (\(columns), change)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?, ?, ?, ?, ?, NULL, ?)
            """,
            db
        )
        replace = try Prepared(
            """
            UPDATE client SET organisation_identifier = ?1, auth_method = ?2, secret_hash = ?3, given_hash = ?4,
              updated_at = ?5, request_sha256 = ?6, certificate_sha256 = ?7, summary = ?8,
              secret_request = iif(?3 = secret_hash, coalesce(secret_request, request_sha256), NULL),
              change = ?11
            WHERE number = ?9 AND client_id = ?10 AND deleted_at IS NULL
            """,
            db
        )
        bury = try Prepared(
            """
            UPDATE client SET deleted_at = ?2, updated_at = ?2, secret_hash = NULL, given_hash = NULL,
              secret_request = NULL, change = ?4
            WHERE number = ?1 AND client_id = ?3 AND deleted_at IS NULL
            """,
            db
        )
        byID = try Prepared("SELECT \(columns) FROM client WHERE number = ? AND client_id = ?", db)
        bySoftware = try Prepared(
            "SELECT \(columns) FROM client WHERE number IN (\(SoftwareIndex.numbers)) ORDER BY issued_at, client_id",
            db
        )
        countBySoftware = try Prepared("SELECT count(*) FROM (\(SoftwareIndex.numbers))", db)
        matching = try Prepared(
            """
            SELECT \(columns) FROM client
            WHERE number > ?1 AND (?2 IS NULL OR org_id = ?2) AND (?3 IS NULL OR software_id = ?3)
              AND (?4 IS NULL OR updated_at >= ?4) AND (?5 IS NULL OR (deleted_at IS NOT NULL) = ?5)
            ORDER BY number LIMIT ?6
            """,
            db
        )
        changed = try Prepared(
            """
            SELECT \(columns), change FROM client
            WHERE (change, client_id) > (?1, ?2) AND change <= ?3 AND (deleted_at IS NOT NULL) = ?4
              AND (?5 IS NULL OR org_id = ?5) AND (?6 IS NULL OR software_id = ?6) AND (?7 IS NULL OR updated_at >= ?7)
            ORDER BY change, client_id LIMIT ?8
            """,
            db
        )
    }

    /// The client with this id, deleted or not.
    package func find(_ clientID: String) throws(LedgerError) -> ClientRecord? {
        try row(clientID, among: keys.numbers(of: .client(clientID)))?.client
    }

    /// The living clients of one software statement in one environment, oldest first.
    package func active(
        softwareID: String,
        environment: DirectoryEnvironment
    ) throws(LedgerError) -> [ClientRecord] {
        try bySoftware.all(.text(softwareID), .text(environment.rawValue), .integer(software.end())) {
            Self.record($0)
        }
        .compactMap { $0 }
    }

    /// How many living clients one software statement has in one environment.
    package func countActive(softwareID: String, environment: DirectoryEnvironment) throws(LedgerError) -> Int {
        try countBySoftware.first(.text(softwareID), .text(environment.rawValue), .integer(software.end())) {
            Int($0.integer(0))
        } ?? 0
    }

    /// The clients a filter asks for, in the order they came in, from the one after `clientID`, at most `limit`.
    package func page(
        after clientID: String,
        _ filter: ClientFilter,
        limit: Int
    ) throws(LedgerError) -> [ClientRecord] {
        guard let start = try start(after: clientID) else { return [] }
        var page: [ClientRecord] = []
        try matching.each(
            .integer(start),
            .text(filter.organisationID),
            .text(filter.softwareID),
            .integer(filter.changedSince),
            .integer(filter.state.map { $0 == .deleted ? 1 : 0 }),
            .integer(limit)
        ) { row throws(LedgerError) in
            page.append(try Self.sound(row))
            return true
        }
        return page
    }

    /// Lends clients in the order of their changes, with the group each last changed in; see `LedgerGroup`.
    func forEachChanged(
        after place: ClientPlace,
        through: Int64,
        _ state: ClientFilter.State,
        _ filter: ClientFilter,
        limit: Int,
        _ body: (ClientRecord, Int64) throws(LedgerError) -> Void
    ) throws(LedgerError) {
        try changed.each(
            .integer(place.change),
            .text(place.clientID),
            .integer(through),
            .integer(state == .deleted ? 1 : 0),
            .text(filter.organisationID),
            .text(filter.softwareID),
            .integer(filter.changedSince),
            .integer(limit)
        ) { row throws(LedgerError) in
            try body(Self.sound(row), row.integer(17))
            return true
        }
    }

    /// Issues a client; `.constraint` when the id was ever issued before.
    package func issue(_ client: ClientRecord) throws(LedgerError) {
        guard try row(client.clientID, among: keys.sealedNumbers(of: .client(client.clientID))) == nil else {
            throw .constraint("client_id \(client.clientID) was issued before")
        }
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
            .text(client.origin.rawValue),
            .integer(group.value)
        )
    }

    /// Replaces what an update may change: everything but the ids, the environment, the channel and the issue.
    package func update(_ client: ClientRecord) throws(LedgerError) {
        let number = try row(client.clientID, among: keys.numbers(of: .client(client.clientID)))?.number
        try replace.run(
            .text(client.organisationIdentifier),
            .text(client.authenticationMethod),
            .blob(client.secretHash),
            .text(client.givenHash),
            .integer(client.updatedAt),
            .digest(client.requestSHA256),
            .text(client.certificateFingerprint),
            .text(client.summary),
            .integer(number),
            .text(client.clientID),
            .integer(group.value)
        )
        guard replace.changes == 1 else { throw .missing("living client \(client.clientID)") }
    }

    /// Deletes a client; its id and its dates stay, its secret's hash goes.
    package func tombstone(_ clientID: String, at now: UnixTime) throws(LedgerError) {
        let number = try row(clientID, among: keys.numbers(of: .client(clientID)))?.number
        try bury.run(.integer(number), .integer(now), .text(clientID), .integer(group.value))
        guard bury.changes == 1, let number else { throw .missing("living client \(clientID)") }
        try software.forget(number)
    }

    /// The number behind which `clientID` has its followers; nil where there is no such client.
    private func start(after clientID: String) throws(LedgerError) -> Int64? {
        clientID.isEmpty ? 0 : try row(clientID, among: keys.numbers(of: .client(clientID)))?.number
    }

    /// The row that has this client_id, of those that may have it.
    private func row(
        _ clientID: String,
        among numbers: [Int64]
    ) throws(LedgerError) -> (number: Int64, client: ClientRecord?)? {
        for number in numbers {
            let found = try byID.first(.integer(number), .text(clientID)) { (number, Self.record($0)) }
            if let found { return found }
        }
        return nil
    }

    /// The client in the current row; one that cannot be read is damage, not an absence.
    static func sound(_ row: Prepared) throws(LedgerError) -> ClientRecord {
        guard let record = record(row) else { throw .corrupt("client \(row.text(0))") }
        return record
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
        record.secretRequest = row.optionalDigest(16)
        return record
    }
}
