/// Why the cache cannot do what was asked; our fault or the disk's, never a source's.
package enum KeyStoreError: Error, Equatable, Sendable {
    /// The file cannot be opened or is no cache.
    case cannotOpen(path: String, reason: String)
    /// The file was written by a later version.
    case schemaTooNew(path: String)
    /// The file is as an earlier version left it, and was opened for reading only.
    case schemaTooOld(path: String)
    /// Another process kept the file locked for too long.
    case busy
    /// The disk is full.
    case full
    /// The disk failed.
    case io(String)
    /// The file is damaged.
    case corrupt(String)
    /// The store was opened for reading, or its file may not be written.
    case readOnly
    /// Any other refusal of SQLite, with its extended code.
    case sql(code: Int, String)
    /// No source has this id.
    case unknownSource(Int64)
    /// No open hold has this id.
    case unknownHold(Int64)
    /// A kept body can no longer be read by the code that accepted it.
    case unreadableBody(source: Int64, String)

    /// There is no such generation.
    case unknownGeneration(Int, newest: Int)
    /// What a generation was like was not kept; of the first it is.
    case notKept(Int, first: Int)
    /// What a revocation list was like was not kept.
    case listNotKept(source: Int64)

    /// The stable name of the error.
    package var code: String {
        switch self {
        case .cannotOpen: "cache.cannot_open"
        case .schemaTooNew: "cache.schema_too_new"
        case .schemaTooOld: "cache.schema_too_old"
        case .busy: "cache.busy"
        case .full: "cache.full"
        case .io: "cache.io"
        case .corrupt: "cache.corrupt"
        case .readOnly: "cache.read_only"
        case .sql: "cache.sql"
        case .unknownSource: "cache.unknown_source"
        case .unknownHold: "cache.unknown_hold"
        case .unreadableBody: "cache.unreadable_body"
        case .unknownGeneration: "cache.unknown_generation"
        case .notKept: "cache.not_kept"
        case .listNotKept: "cache.list_not_kept"
        }
    }
}

extension KeyStoreError {
    /// Whether it may come from what is kept of one source, so that others can do without it.
    var mayBeOfOneSource: Bool {
        switch self {
        case .corrupt, .sql, .unknownSource, .unknownHold, .unreadableBody: true
        case .cannotOpen, .schemaTooNew, .schemaTooOld, .busy, .full, .io, .readOnly, .unknownGeneration, .notKept,
            .listNotKept:
            false
        }
    }
}

extension KeyStoreError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .cannotOpen(let path, let reason): "cannot open the cache \(path): \(reason)"
        case .schemaTooNew(let path): "the cache \(path) was written by a later version"
        case .schemaTooOld(let path): "the cache \(path) is as an earlier version left it"
        case .busy: "the cache is locked by another process"
        case .full: "the disk of the cache is full"
        case .io(let reason): "the disk of the cache failed: \(reason)"
        case .corrupt(let reason): "the cache is damaged: \(reason)"
        case .readOnly: "the cache may only be read"
        case .sql(let code, let reason): "the cache refused (SQLite \(code)): \(reason)"
        case .unknownSource(let id): "there is no source \(id)"
        case .unknownHold(let id): "there is no open hold \(id)"
        case .unknownGeneration(let number, let newest): "there is no generation \(number): there are 0 to \(newest)"
        case .notKept(let number, let first):
            "what the cache was like in generation \(number) was not kept; it is from generation \(first) on"
        case .listNotKept(let source): "what the revocation list of source \(source) was like then was not kept"
        case .unreadableBody(let source, let reason): "the kept body of source \(source) cannot be read: \(reason)"
        }
    }
}
