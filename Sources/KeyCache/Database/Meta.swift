import Encoding
import GRDB

/// The three counters of the store.
struct Meta {
    /// Increases with every change of what the cache holds.
    let generation: Int
    /// Increases with every commit that moves a time a reader judges by, changed or not.
    let pulse: Int
    /// The latest time ever recorded: no judgement is made with an earlier clock.
    let timeFloor: UnixTime

    static func read(_ db: Database) throws -> Meta {
        var values: [String: Int64] = [:]
        let sql = "SELECT name, value FROM meta WHERE name IN ('generation', 'pulse', 'time_floor')"
        for row in try Prepared.rows(db, sql: sql) { values[row[0]] = row[1] }
        return Meta(
            generation: Int(values["generation"] ?? 0),
            pulse: Int(values["pulse"] ?? 0),
            timeFloor: values["time_floor"] ?? 0
        )
    }

    /// The time to judge by: `time`, or the floor when the clock has gone back.
    static func judged(_ db: Database, _ time: UnixTime) throws -> UnixTime {
        max(time, try Prepared.value(Int64.self, db, sql: "SELECT value FROM meta WHERE name = 'time_floor'") ?? 0)
    }

    /// Counts a content change and returns its generation; rows written before in the transaction belong to it.
    static func nextGeneration(_ db: Database, at time: UnixTime) throws -> Int {
        try Prepared.run(db, sql: "UPDATE meta SET value = value + 1 WHERE name = 'generation'")
        let number = try Prepared.value(Int.self, db, sql: "SELECT value FROM meta WHERE name = 'generation'") ?? 0
        try Prepared.run(
            db,
            sql: "INSERT INTO generation(number, at, pulse) SELECT ?, ?, value + 1 FROM meta WHERE name = 'pulse'",
            arguments: [number, time]
        )
        return number
    }

    /// The generation that was in force at a time: the last one made until then.
    static func generation(_ db: Database, at time: UnixTime) throws -> Int {
        let sql = "SELECT max(number) FROM generation WHERE at <= ?"
        return try Prepared.value(Int.self, db, sql: sql, arguments: [time]) ?? 0
    }

    /// Tells readers in other processes to look again, and raises the floor.
    static func beat(_ db: Database, at time: UnixTime) throws {
        try Prepared.run(db, sql: "UPDATE meta SET value = value + 1 WHERE name = 'pulse'")
        try raiseFloor(db, to: time)
    }

    /// Raises the floor, never lowers it.
    static func raiseFloor(_ db: Database, to time: UnixTime) throws {
        try Prepared.run(db, sql: "UPDATE meta SET value = max(value, ?) WHERE name = 'time_floor'", arguments: [time])
    }

    /// Sets the floor, lower too: an operator's word after a clock had run wild.
    static func resetFloor(_ db: Database, to time: UnixTime) throws {
        try Prepared.run(db, sql: "UPDATE meta SET value = ? WHERE name = 'time_floor'", arguments: [time])
    }
}
