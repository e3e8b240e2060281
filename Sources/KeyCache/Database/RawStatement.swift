import Crypto
import GRDB
import GRDBSQLite

/// A compiled statement, stepped without GRDB's rows: where a start reads tens of thousands.
///
/// Columns are read by position while a row is current. Used on the connection's queue only.
@safe
struct RawStatement {
    /// Keeps the handle alive.
    private let statement: Statement
    private let handle: OpaquePointer

    /// Takes the statement for `sql` from the connection's cache.
    init(_ db: Database, sql: String) throws {
        statement = try db.cachedStatement(sql: sql)
        unsafe handle = statement.sqliteStatement
    }

    /// Calls `body` for each row that these arguments yield.
    func forEach(_ arguments: Int64..., body: (RawStatement) throws -> Void) throws {
        reset()
        defer { reset() }
        for (position, value) in arguments.enumerated() {
            guard unsafe sqlite3_bind_int64(handle, Int32(position + 1), value) == SQLITE_OK else { throw failure() }
        }
        while true {
            switch unsafe sqlite3_step(handle) {
            case SQLITE_ROW: try body(self)
            case SQLITE_DONE: return
            default: throw failure()
            }
        }
    }

    func isNull(_ column: Int32) -> Bool { unsafe sqlite3_column_type(handle, column) == SQLITE_NULL }

    func integer(_ column: Int32) -> Int64 { unsafe sqlite3_column_int64(handle, column) }

    func optionalInteger(_ column: Int32) -> Int64? { isNull(column) ? nil : integer(column) }

    /// The text of a column, nil where it is NULL.
    func text(_ column: Int32) -> String? {
        guard let bytes = unsafe sqlite3_column_text(handle, column) else { return nil }
        return unsafe String(cString: bytes)
    }

    /// The bytes of a column, nil where it is NULL.
    func blob(_ column: Int32) -> [UInt8]? {
        guard !isNull(column) else { return nil }
        let count = Int(unsafe sqlite3_column_bytes(handle, column))
        guard count > 0, let bytes = unsafe sqlite3_column_blob(handle, column) else { return [] }
        return unsafe Array(UnsafeRawBufferPointer(start: bytes, count: count))
    }

    /// The digest in a column, nil where there are not 32 bytes.
    func digest(_ column: Int32) -> SHA256Digest? {
        guard unsafe sqlite3_column_bytes(handle, column) == 32,
            let bytes = unsafe sqlite3_column_blob(handle, column)
        else { return nil }
        func word(_ at: Int) -> UInt64 {
            UInt64(bigEndian: unsafe bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self))
        }
        return SHA256Digest(word(0), word(8), word(16), word(24))
    }

    private func reset() {
        // What it returns is the failure of the step before, which was thrown already.
        _ = unsafe sqlite3_reset(handle)
        unsafe sqlite3_clear_bindings(handle)
    }

    private func failure() -> DatabaseError {
        let connection = unsafe sqlite3_db_handle(handle)
        let code = unsafe sqlite3_extended_errcode(connection)
        let text = unsafe sqlite3_errmsg(connection).map { unsafe String(cString: $0) }
        return DatabaseError(resultCode: ResultCode(rawValue: code), message: text)
    }
}
