/// Why the ledger could not do what it was asked; nothing of the group was kept.
package enum LedgerError: Error, Equatable, Sendable {
    /// Another process holds the database for longer than the time-out.
    case busy
    /// The disk, or the database's own size limit, is full.
    case diskFull
    /// The operating system refused a read, a write or a sync.
    case io(code: Int32)
    /// The file is damaged, or no SQLite database.
    case corrupt(String)
    /// The database belongs to another program.
    case foreign(applicationID: Int)
    /// The database was written by a newer version.
    case newerSchema(found: Int, known: Int)
    /// The database is older than this version and was opened for reading only.
    case olderSchema(found: Int, known: Int)
    /// A row breaks a rule the database keeps, such as a client_id used twice.
    case constraint(String)
    /// The file cannot be opened: missing, or not permitted.
    case cannotOpen(path: String)
    /// A change was asked of a ledger opened for reading, or inside a read.
    case readOnly
    /// The database does not sync as a ledger must.
    case notDurable(String)
    /// The caller gave the group up: its own files could not be written or synced.
    case abandoned(String)
    /// A row was changed, or asked for, that does not exist.
    case missing(String)
    /// The pipeline broke the ledger's order, for example entered a request and never finished it.
    case misuse(String)
    /// An SQLite error with no meaning of its own here.
    case sqlite(code: Int32, String)

    /// The stable name of the error.
    package var code: String {
        switch self {
        case .busy: "ledger.busy"
        case .diskFull: "ledger.disk_full"
        case .io: "ledger.io"
        case .corrupt: "ledger.corrupt"
        case .foreign: "ledger.foreign"
        case .newerSchema: "ledger.newer_schema"
        case .olderSchema: "ledger.older_schema"
        case .constraint: "ledger.constraint"
        case .cannotOpen: "ledger.cannot_open"
        case .readOnly: "ledger.read_only"
        case .notDurable: "ledger.not_durable"
        case .abandoned: "ledger.abandoned"
        case .missing: "ledger.missing"
        case .misuse: "ledger.misuse"
        case .sqlite: "ledger.sqlite"
        }
    }

    /// Whether the process must stop and recover from disk: what is durable is no longer known.
    package var mustStop: Bool {
        switch self {
        case .diskFull, .io, .corrupt, .notDurable: true
        default: false
        }
    }
}

extension LedgerError: CustomStringConvertible {
    /// What happened, in one sentence.
    package var description: String {
        switch self {
        case .busy: "the ledger is locked by another process"
        case .diskFull: "there is no room for the ledger"
        case .io(let code): "the ledger cannot be read or written (SQLite \(code))"
        case .corrupt(let text): "the ledger is damaged: \(text)"
        case .foreign(let id): "the file belongs to another program (application_id \(id))"
        case .newerSchema(let found, let known): "the ledger has schema \(found), this version knows \(known)"
        case .olderSchema(let found, let known): "the ledger has schema \(found), this version needs \(known)"
        case .constraint(let text): "a row breaks a rule of the ledger: \(text)"
        case .cannotOpen(let path): "the ledger \(path) cannot be opened"
        case .readOnly: "the ledger is open for reading only"
        case .notDurable(let text): "the ledger is not durable: \(text)"
        case .abandoned(let text): "the group was given up: \(text)"
        case .missing(let text): "the ledger has no \(text)"
        case .misuse(let text): "the ledger was used out of order: \(text)"
        case .sqlite(let code, let text): "SQLite \(code): \(text)"
        }
    }

    /// What to do next.
    package var remedy: String {
        switch self {
        case .busy: "wait for the other process, or stop it; then run again"
        case .diskFull: "free space on the ledger's file system; then run again, nothing is lost"
        case .io: "check the disk and the kernel log; then run again, nothing is lost"
        case .corrupt: "keep the file, restore the last backup, and compare it with results/"
        case .foreign: "check ledger.path in the configuration"
        case .newerSchema: "run the version that wrote it, or a later one"
        case .olderSchema: "run process once, it brings the ledger up to date"
        case .constraint: "report this as a fault of the program; the group was not kept"
        case .cannotOpen: "check that the folder is there, is of this user and can be written, which reading needs too"
        case .readOnly: "run the command that changes the ledger"
        case .notDurable: "put the ledger on a local file system"
        case .abandoned: "see the error before this one; then run again, nothing is lost"
        case .missing: "check the name"
        case .misuse, .sqlite: "report this as a fault of the program; the group was not kept"
        }
    }
}
