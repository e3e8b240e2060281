package import Crypto
import Encoding
import GRDB

/// One consistent view of everything a bundle is made of.
///
/// Lives as long as its read transaction; belongs to one thread.
package final class ExportDesk {
    private let db: Database
    private let settings: CacheSettings

    init(_ db: Database, settings: CacheSettings) {
        self.db = db
        self.settings = settings
    }

    /// A source and the body in use.
    package struct Row {
        package let source: Source
        /// The digest and the bytes of the body; nil where none was ever accepted.
        package let body: (sha256: SHA256Digest, count: Int)?
    }

    /// All sources in the order of their URLs.
    package func sources() throws(KeyStoreError) -> [Row] {
        try run {
            var sizes: [[UInt8]: Int] = [:]
            let rows = try GRDB.Row.fetchCursor(
                db,
                sql: "SELECT sha256, length(bytes) FROM body WHERE sha256 IN (SELECT body FROM source)"
            )
            while let row = try rows.next() { sizes[(row[0] as Blob).bytes] = row[1] }
            return try SourceTable.all(db).sorted { $0.url < $1.url }.map { source in
                let body = source.bodySHA256.flatMap { digest in
                    SHA256Digest(bytes: digest).flatMap { known in sizes[digest].map { (known, $0) } }
                }
                return Row(source: source, body: body)
            }
        }
    }

    /// A body by its digest.
    package func body(_ digest: SHA256Digest) throws(KeyStoreError) -> [UInt8] {
        try run {
            guard let bytes = try BodyTable.bytes(db, digest: digest.bytes) else {
                throw KeyStoreError.corrupt("the body \(digest.hex) is gone")
            }
            return bytes
        }
    }

    /// The sources of which more is known than that their keys are in the body in use.
    package func sourcesWithPast() throws(KeyStoreError) -> Set<Int64> {
        try run {
            let sql = "SELECT DISTINCT source_id FROM listing WHERE recorded_to IS NULL AND state <> 'active'"
            return try Int64.fetchSet(db, sql: sql)
        }
    }

    /// Everything a source ever listed.
    package func history(of source: Source) throws(KeyStoreError) -> [HistoricKey] {
        try run { try HistoryTable.keys(db, of: source.judged(by: settings)) }
    }

    /// What operators revoked here, in the order they did.
    package func orders() throws(KeyStoreError) -> [RevocationOrder] {
        try run { try RevocationTable.orders(db) }
    }

    /// Calls `body` with each event after a place in the log and the digest of the one before, in order.
    package func events(
        after seq: Int64,
        _ body: (_ event: CacheEvent, _ url: String?, _ previous: [UInt8], _ hash: [UInt8]) -> Void
    ) throws(KeyStoreError) {
        try run {
            var previous: [UInt8] =
                try Blob.fetchOne(db, sql: "SELECT hash FROM event WHERE seq = ?", arguments: [seq])?.bytes ?? []
            let rows = try GRDB.Row.fetchCursor(
                db,
                sql: """
                    SELECT seq, at, kind, source_id, data, hash, url FROM event
                    LEFT JOIN source ON source.id = source_id WHERE seq > ? ORDER BY seq
                    """,
                arguments: [seq]
            )
            while let row = try rows.next() {
                let event = CacheEvent(seq: row[0], at: row[1], kind: row[2], sourceID: row[3], data: row[4])
                let hash = (row[5] as Blob).bytes
                body(event, row[6], previous, hash)
                previous = hash
            }
        }
    }

    /// The newest bundle that was made here.
    package func latest() throws(KeyStoreError) -> BundleRecord? {
        try run { try BundleTable.latest(db, .exported)?.record }
    }

    /// What an earlier bundle listed: the digests of its bodies, and the last event it told of; nil where that is not
    /// remembered.
    package func exported(version: Int64) throws(KeyStoreError) -> (bodies: Set<SHA256Digest>, lastEvent: Int64)? {
        try run {
            guard let bundle = try BundleTable.exported(db, version: version),
                let bytes = try BundleTable.targets(db, bundle.id)
            else { return nil }
            var bodies = Set<SHA256Digest>()
            for start in stride(from: 0, to: bytes.count - 31, by: 32) {
                if let digest = SHA256Digest(bytes: Array(bytes[start..<start + 32])) { bodies.insert(digest) }
            }
            return (bodies, try BundleTable.lastEvent(db, bundle.id) ?? 0)
        }
    }

    private func run<R>(_ work: () throws -> R) throws(KeyStoreError) -> R {
        do { return try work() } catch { throw SQLiteFault.translated(error) }
    }
}
