import GRDB

/// Statements compiled once per connection: GRDB compiles a text anew each time it is given one, which costs more than
/// running it.
///
/// For a closed set of texts only; values go into `arguments`.
enum Prepared {
    /// Runs a statement that yields no row.
    static func run(_ db: Database, sql: String, arguments: StatementArguments = []) throws {
        try db.cachedStatement(sql: sql).execute(arguments: arguments)
    }

    /// The first row, or nil.
    static func row(_ db: Database, sql: String, arguments: StatementArguments = []) throws -> Row? {
        try Row.fetchOne(db.cachedStatement(sql: sql), arguments: arguments)
    }

    /// All rows.
    static func rows(_ db: Database, sql: String, arguments: StatementArguments = []) throws -> [Row] {
        try Row.fetchAll(db.cachedStatement(sql: sql), arguments: arguments)
    }

    /// The first column of the first row; nil where that is NULL, or there is none.
    static func value<V: DatabaseValueConvertible>(
        _ type: V.Type,
        _ db: Database,
        sql: String,
        arguments: StatementArguments = []
    ) throws -> V? {
        try V.fetchOne(db.cachedStatement(sql: sql), arguments: arguments)
    }
}
