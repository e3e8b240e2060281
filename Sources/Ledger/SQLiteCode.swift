import GRDB
import GRDBSQLite

/// Turns SQLite's result codes into the ledger's errors.
enum SQLiteCode {
    /// The error for an extended result code and SQLite's own words.
    static func error(_ code: Int32, _ text: String) -> LedgerError {
        switch code & 0xff {
        case SQLITE_BUSY, SQLITE_LOCKED: .busy
        case SQLITE_FULL: .diskFull
        case SQLITE_IOERR: .io(code: code)
        case SQLITE_CORRUPT, SQLITE_NOTADB: .corrupt(text)
        case SQLITE_CONSTRAINT: .constraint(text)
        case SQLITE_CANTOPEN: .cannotOpen(path: text)
        case SQLITE_READONLY: .readOnly
        default: .sqlite(code: code, text)
        }
    }

    /// Runs `body`, which throws GRDB's errors.
    static func rethrowing<R>(_ body: () throws -> R) throws(LedgerError) -> R {
        do {
            return try body()
        } catch let error as LedgerError {
            throw error
        } catch let error as DatabaseError {
            throw Self.error(error.extendedResultCode.rawValue, error.message ?? "no message")
        } catch {
            throw .sqlite(code: SQLITE_ERROR, "\(error)")
        }
    }
}
