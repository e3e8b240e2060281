import GRDB

/// Turns what GRDB throws into our error.
enum SQLiteFault {
    /// The error for anything thrown inside a database access.
    static func translated(_ error: any Error) -> KeyStoreError {
        if let error = error as? KeyStoreError { return error }
        guard let error = error as? DatabaseError else { return .sql(code: 0, "\(error)") }
        let reason = error.message ?? "no reason given"
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED: return .busy
        case .SQLITE_FULL: return .full
        case .SQLITE_IOERR: return .io("\(reason) (SQLite \(error.extendedResultCode.rawValue))")
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: return .corrupt(reason)
        case .SQLITE_READONLY: return .readOnly
        default: return .sql(code: Int(error.extendedResultCode.rawValue), reason)
        }
    }
}
