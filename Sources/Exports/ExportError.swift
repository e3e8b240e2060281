package import Ledger

/// Why an export could not be made; what was written so far stays, and the next run goes on from it.
package enum ExportError: Error, Equatable, Sendable {
    case ledger(LedgerError)
    /// The system refused to read or write a file.
    case file(path: String, errno: Int32)
    /// Another process exports into the folder.
    case locked(path: String)
    /// The folder holds the beginning of an export with other options.
    case otherUnderway(path: String)
    /// The folder holds a beginning that cannot be read, or files of it that were changed.
    case damaged(path: String)
    /// The ledger's text of a client's metadata is no JSON object.
    case metadata(clientID: String)

    /// The stable name.
    package var code: String {
        switch self {
        case .ledger(let error): error.code
        case .file: "export.file"
        case .locked: "export.locked"
        case .otherUnderway: "export.other_underway"
        case .damaged: "export.damaged"
        case .metadata: "export.metadata"
        }
    }
}
