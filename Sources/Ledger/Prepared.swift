import Crypto
import Encoding
import GRDB
import GRDBSQLite

/// A statement compiled once per connection, bound and stepped without rows, arrays of columns or Foundation.
///
/// Columns are read by position while a row is current. Used on the connection's queue only.
@safe
final class Prepared {
    private let statement: Statement
    private let handle: OpaquePointer
    private let connection: OpaquePointer
    /// The values of the run in hand, side by side, so that SQLite need not copy each.
    private let values = ByteBuffer(capacity: 128)

    init(_ sql: String, _ db: Database) throws(LedgerError) {
        let statement = try SQLiteCode.rethrowing { try db.makeStatement(sql: sql) }
        guard let connection = unsafe db.sqliteConnection else { throw .misuse("the connection is closed") }
        self.statement = statement
        unsafe handle = statement.sqliteStatement
        unsafe self.connection = connection
    }

    /// Runs a statement that yields no row.
    func run(_ values: SQLValue...) throws(LedgerError) {
        try bound(values) { () throws(LedgerError) in while try step() {} }
    }

    /// Runs the statement and reads its first row, if there is one.
    func first<R>(_ values: SQLValue..., read: (Prepared) -> R) throws(LedgerError) -> R? {
        try bound(values) { () throws(LedgerError) in try step() ? read(self) : nil }
    }

    /// Runs the statement and reads every row.
    func all<R>(_ values: SQLValue..., read: (Prepared) -> R) throws(LedgerError) -> [R] {
        try bound(values) { () throws(LedgerError) in
            var rows: [R] = []
            while try step() { rows.append(read(self)) }
            return rows
        }
    }

    /// Runs the statement and lends each row to `body`; stops when it returns false.
    func each(_ values: SQLValue..., body: (Prepared) throws(LedgerError) -> Bool) throws(LedgerError) {
        try bound(values) { () throws(LedgerError) in while try step(), try body(self) {} }
    }

    /// How many rows the last change of the connection touched.
    var changes: Int { Int(unsafe sqlite3_changes(connection)) }

    /// The rowid the last insert of the connection got.
    var insertedRow: Int64 { unsafe sqlite3_last_insert_rowid(connection) }

    func isNull(_ column: Int32) -> Bool { unsafe sqlite3_column_type(handle, column) == SQLITE_NULL }

    func integer(_ column: Int32) -> Int64 { unsafe sqlite3_column_int64(handle, column) }

    func optionalInteger(_ column: Int32) -> Int64? { isNull(column) ? nil : integer(column) }

    func text(_ column: Int32) -> String {
        guard let bytes = unsafe sqlite3_column_text(handle, column) else { return "" }
        return unsafe String(cString: bytes)
    }

    func optionalText(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }

    func blob(_ column: Int32) -> [UInt8] {
        let count = Int(unsafe sqlite3_column_bytes(handle, column))
        guard count > 0, let bytes = unsafe sqlite3_column_blob(handle, column) else { return [] }
        return unsafe Array(UnsafeRawBufferPointer(start: bytes, count: count))
    }

    /// Lends the bytes of a column to `body`, without a copy of them, until it returns.
    func withBlob<R>(_ column: Int32, _ body: (UnsafeRawBufferPointer) -> R) -> R {
        let count = Int(unsafe sqlite3_column_bytes(handle, column))
        return unsafe body(UnsafeRawBufferPointer(start: sqlite3_column_blob(handle, column), count: count))
    }

    func optionalBlob(_ column: Int32) -> [UInt8]? { isNull(column) ? nil : blob(column) }

    /// The digest in a column the schema keeps at 32 bytes; zeros if it is not.
    func digest(_ column: Int32) -> SHA256Digest { SHA256Digest(bytes: blob(column)) ?? SHA256Digest(0, 0, 0, 0) }

    func optionalDigest(_ column: Int32) -> SHA256Digest? { isNull(column) ? nil : digest(column) }

    private func step() throws(LedgerError) -> Bool {
        switch unsafe sqlite3_step(handle) {
        case SQLITE_ROW: true
        case SQLITE_DONE: false
        default: throw failure()
        }
    }

    /// Runs `body` with these values bound; they hold until it ends.
    private func bound<R>(
        _ list: [SQLValue],
        _ body: () throws(LedgerError) -> R
    ) throws(LedgerError) -> R {
        values.removeAll()
        for value in list { value.append(to: values) }
        defer {
            unsafe sqlite3_reset(handle)
            unsafe sqlite3_clear_bindings(handle)
        }
        return try unsafe values.withUnsafeBytes { (bytes: UnsafeRawBufferPointer) throws(LedgerError) in
            guard var place = bytes.baseAddress else { throw .misuse("the values have no place") }
            var position: Int32 = 0
            for value in list {
                position += 1
                guard unsafe bind(position, value, at: &place) == SQLITE_OK else { throw failure() }
            }
            return try body()
        }
    }

    /// Binds a value whose bytes, where it has some, lie at `place`, and goes on behind them.
    private func bind(_ at: Int32, _ value: SQLValue, at place: inout UnsafeRawPointer) -> Int32 {
        let count = value.byteCount
        defer { unsafe place += count }
        // SQLite need not copy what stays where it is until the statement is reset: `SQLITE_STATIC`.
        switch value {
        case .null: return unsafe sqlite3_bind_null(handle, at)
        case .integer(let value): return unsafe sqlite3_bind_int64(handle, at, value)
        case .text, .slice:
            let characters = unsafe place.assumingMemoryBound(to: CChar.self)
            return unsafe sqlite3_bind_text(handle, at, characters, Int32(count), nil)
        case .blob, .digest: return unsafe sqlite3_bind_blob(handle, at, place, Int32(count), nil)
        }
    }

    private func failure() -> LedgerError {
        let code = unsafe sqlite3_extended_errcode(connection)
        let text = unsafe String(cString: sqlite3_errmsg(connection))
        return SQLiteCode.error(code, text)
    }
}
