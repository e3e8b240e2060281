import Crypto
import GRDB

/// The bodies of revocation lists that were replaced, made again from the list in use, step by step back.
enum PastBody {
    /// The body of the list in a row of `revocation_list`.
    ///
    /// Throws `bodyNotKept` where a step is missing.
    static func bytes(_ db: Database, list id: Int64, of source: Int64, digest: [UInt8]) throws -> [UInt8] {
        if let bytes = try BodyTable.bytes(db, digest: digest) { return bytes }
        let rows = try Row.fetchCursor(
            db.cachedStatement(
                sql: "SELECT id, body, change FROM revocation_list WHERE source_id = ? AND id >= ? ORDER BY id DESC"
            ),
            arguments: [source, id]
        )
        var body: [UInt8]?
        while let row = try rows.next() {
            let wanted = (row[1] as Blob).bytes
            if let change = (row[2] as Blob?)?.bytes, let after = body {
                guard let made = BodyChange.decode(change, from: after), SHA256Digest.of(made).bytes == wanted else {
                    throw KeyStoreError.corrupt("the body of revocation list \(row[0] as Int64) is damaged")
                }
                body = made
            } else {
                // The list in use; or one that was replaced before changes were kept.
                body = try BodyTable.bytes(db, digest: wanted)
            }
            guard body != nil else { throw KeyStoreError.listNotKept(source: source) }
        }
        guard let body else { throw KeyStoreError.listNotKept(source: source) }
        return body
    }
}
