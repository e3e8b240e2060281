import Crypto
import Encoding
import GRDB
import PKIX

/// The rows of `revocation_list`: the list in use per source, and those before it.
enum RevocationListTable {
    /// The generation that the transaction will make.
    private static let nextGeneration = "(SELECT value + 1 FROM meta WHERE name = 'generation')"

    /// The list in use, as far as a newer one is compared with it.
    struct Current {
        let id: Int64
        let number: SerialNumber
        let thisUpdate: UnixTime
        let nextUpdate: UnixTime
        /// The digest of its body.
        let body: [UInt8]
    }

    static func current(_ db: Database, source: Int64) throws -> Current? {
        let row = try Prepared.row(
            db,
            sql: """
                SELECT id, number, this_update, next_update, body FROM revocation_list
                WHERE source_id = ? AND recorded_to IS NULL
                """,
            arguments: [source]
        )
        guard let row else { return nil }
        guard let number = SerialNumber(hex: row[1]) else { throw KeyStoreError.corrupt("a CRL number is no number") }
        return Current(
            id: row[0],
            number: number,
            thisUpdate: row[2],
            nextUpdate: row[3],
            body: (row[4] as Blob).bytes
        )
    }

    /// Closes the list in use, keeping what makes its body out of the new one, and opens `list`.
    static func replace(
        _ db: Database,
        source: Int64,
        with list: RevocationList,
        body: [UInt8],
        change: [UInt8]?,
        signer: Certificate,
        at time: UnixTime
    ) throws {
        try Prepared.run(
            db,
            sql: """
                UPDATE revocation_list SET recorded_to = ?, change = ?, generation_to = \(nextGeneration)
                WHERE source_id = ? AND recorded_to IS NULL
                """,
            arguments: [time, Blob(change), source]
        )
        try Prepared.run(
            db,
            sql: """
                INSERT INTO revocation_list(source_id, issuer, number, this_update, next_update, entries, body, signer,
                  recorded_from, generation_from)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, \(nextGeneration))
                """,
            arguments: [
                source, Blob(list.issuerDER), list.number.description, list.thisUpdate, list.nextUpdate,
                list.serials.count,
                Blob(body), Blob(signer.fingerprint.bytes), time,
            ]
        )
    }
}
