import Encoding
import GRDB

/// From which state on the past of the cache can be told.
enum ReplayTable {
    /// The name in `meta` of the first pulse that can be told.
    static let floor = "replay_from"
    /// The name in `meta` of the last day that was cleared away.
    private static let cleared = "replay_cleared"

    /// Throws where a state cannot be told, saying which can.
    static func check(_ db: Database, _ state: CacheState) throws {
        let meta = try Meta.read(db)
        guard state.generation <= meta.generation, state.pulse <= meta.pulse else {
            throw KeyStoreError.unknownGeneration(state.generation, newest: meta.generation)
        }
        let first = try value(db, floor) ?? 0
        guard state.pulse >= first else {
            throw KeyStoreError.notKept(state.generation, first: try generation(db, first))
        }
    }

    /// The last state of a generation; the present one for the newest.
    static func last(_ db: Database, of generation: Int) throws -> CacheState {
        let meta = try Meta.read(db)
        guard (0...meta.generation).contains(generation) else {
            throw KeyStoreError.unknownGeneration(generation, newest: meta.generation)
        }
        guard generation < meta.generation else { return CacheState(generation: generation, pulse: meta.pulse) }
        let sql = "SELECT pulse FROM generation WHERE number = ?"
        guard let next = try Prepared.value(Int.self, db, sql: sql, arguments: [generation + 1]) else {
            throw KeyStoreError.notKept(generation, first: try self.generation(db, try value(db, floor) ?? 0))
        }
        return CacheState(generation: generation, pulse: next - 1)
    }

    /// Forgets, once a day, how sources were confirmed and what lists were like before `time`.
    static func clear(_ db: Database, before time: UnixTime) throws {
        let day = FetchTable.day(time)
        guard day > (try value(db, cleared) ?? 0) else { return }
        if let last = try FetchTable.forget(db, before: day) {
            try set(db, floor, max(last, try value(db, floor) ?? 0))
        }
        try Prepared.run(
            db,
            sql: "UPDATE revocation_list SET change = NULL WHERE change IS NOT NULL AND recorded_to < ?",
            arguments: [day * 86_400]
        )
        try set(db, cleared, day)
    }

    /// The first generation of which a state can be told.
    private static func generation(_ db: Database, _ pulse: Int64) throws -> Int {
        let sql = "SELECT max(number) FROM generation WHERE pulse IS NULL OR pulse <= ?"
        return try Prepared.value(Int.self, db, sql: sql, arguments: [pulse]) ?? 0
    }

    private static func value(_ db: Database, _ name: String) throws -> Int64? {
        try Prepared.value(Int64.self, db, sql: "SELECT value FROM meta WHERE name = ?", arguments: [name])
    }

    private static func set(_ db: Database, _ name: String, _ value: Int64) throws {
        try Prepared.run(
            db,
            sql: "INSERT OR REPLACE INTO meta(name, value) VALUES (?, ?)",
            arguments: [name, value]
        )
    }
}
