import Crypto
import GRDB
import PKIX

/// A revocation list of the store, decoded; its signature was verified when it was accepted.
struct LoadedList: Sendable {
    /// The row it came from, which never changes.
    let row: Int64
    let signer: SHA256Digest
    let list: RevocationList

    /// Reads the list in use of every source, decoding only those not in `known`; also tells how each source stands.
    ///
    /// With a generation, those that were in use then.
    static func all(_ db: Database, known: [LoadedList], grace: Int64, in generation: Int? = nil) throws -> (
        lists: [LoadedList], statuses: [ListStatus]
    ) {
        let isInForce =
            generation.map {
                """
                list.generation_from <= \($0)
                AND coalesce(list.generation_to, iif(list.recorded_to IS NULL, \($0 + 1), 0)) > \($0)
                """
            } ?? "list.recorded_to IS NULL"
        let known = Dictionary(known.map { ($0.row, $0) }, uniquingKeysWith: { $1 })
        var (lists, statuses): ([LoadedList], [ListStatus]) = ([], [])
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT source.id, url, list.id, signer, list.body FROM source
                LEFT JOIN revocation_list AS list ON list.source_id = source.id AND \(isInForce)
                WHERE class = 'crl' ORDER BY source.id
                """
        )
        for row in rows {
            var loaded: LoadedList?
            if let id: Int64 = row[2] { loaded = try known[id] ?? decode(db, row, id) }
            if let loaded { lists.append(loaded) }
            let status = ListStatus(
                url: row[1],
                issuer: loaded?.list.issuer,
                thisUpdate: loaded?.list.thisUpdate,
                nextUpdate: loaded?.list.nextUpdate,
                entries: loaded?.list.serials.count ?? 0,
                grace: grace
            )
            statuses.append(status)
        }
        return (lists, statuses)
    }

    private static func decode(_ db: Database, _ row: Row, _ id: Int64) throws -> LoadedList {
        guard let signer = SHA256Digest(bytes: (row[3] as Blob).bytes) else {
            throw KeyStoreError.corrupt("revocation list \(id) has no signer")
        }
        let bytes = try PastBody.bytes(db, list: id, of: row[0], digest: (row[4] as Blob).bytes)
        do {
            return LoadedList(row: id, signer: signer, list: try RevocationList.decode(bytes))
        } catch {
            throw KeyStoreError.unreadableBody(source: row[0], error.code)
        }
    }
}
