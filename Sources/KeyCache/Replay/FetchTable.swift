import Encoding
import GRDB

/// The rows of `fetch_day`: when the body in use of each source was fetched or confirmed, for a time.
enum FetchTable {
    /// Notes a fetch in the transaction that records it.
    static func note(_ db: Database, source: Int64, fetchedAt: UnixTime, bundle: Int64?, at time: UnixTime) throws {
        let pulse = try Prepared.value(Int64.self, db, sql: "SELECT value + 1 FROM meta WHERE name = 'pulse'") ?? 0
        try append(db, source: source, FetchNote(pulse: pulse, fetchedAt: fetchedAt, bundle: bundle), at: time)
    }

    static func append(_ db: Database, source: Int64, _ note: FetchNote, at time: UnixTime) throws {
        let day = Self.day(time)
        let last = try Prepared.row(
            db,
            sql: "SELECT pulse, day, notes FROM fetch_day WHERE source_id = ? ORDER BY pulse DESC LIMIT 1",
            arguments: [source]
        )
        var (first, notes) = (note.pulse, FetchNotes())
        if let last, last[1] as Int64 == day { (first, notes) = (last[0], try read((last[2] as Blob).bytes, source)) }
        notes.append(note)
        try Prepared.run(
            db,
            sql: "INSERT OR REPLACE INTO fetch_day(source_id, pulse, day, notes) VALUES (?, ?, ?, ?)",
            arguments: [source, first, day, Blob(notes.bytes)]
        )
    }

    /// The last fetch of a source that a state of the cache knows of.
    static func last(_ db: Database, source: Int64, until pulse: Int) throws -> FetchNote? {
        let row = try Prepared.row(
            db,
            sql: "SELECT notes FROM fetch_day WHERE source_id = ? AND pulse <= ? ORDER BY pulse DESC LIMIT 1",
            arguments: [source, pulse]
        )
        return try row.flatMap { try read(($0[0] as Blob).bytes, source).all.last { $0.pulse <= pulse } }
    }

    /// Forgets days before `day`, but of each source the last of them, which may still be in force on that day.
    ///
    /// Returns the pulse of the last fetch before that day: no state before it can be told any more.
    static func forget(_ db: Database, before day: Int64) throws -> Int64? {
        let rows = try Prepared.rows(
            db,
            sql: "SELECT source_id, max(pulse), notes, count(*) FROM fetch_day WHERE day < ? GROUP BY source_id",
            arguments: [day]
        )
        var last: Int64?
        for row in rows {
            let (source, newest): (Int64, Int64) = (row[0], row[1])
            if let pulse = try read((row[2] as Blob).bytes, source).all.last?.pulse { last = max(last ?? pulse, pulse) }
            guard row[3] as Int64 > 1 else { continue }
            try Prepared.run(
                db,
                sql: "DELETE FROM fetch_day WHERE source_id = ? AND pulse < ?",
                arguments: [source, newest]
            )
        }
        return last
    }

    /// The number of the day, since 1970, UTC.
    static func day(_ time: UnixTime) -> Int64 { time >= 0 ? time / 86_400 : -1 }

    private static func read(_ bytes: [UInt8], _ source: Int64) throws -> FetchNotes {
        guard let notes = FetchNotes(bytes) else {
            throw KeyStoreError.corrupt("the fetches of source \(source) cannot be read")
        }
        return notes
    }
}
