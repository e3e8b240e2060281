/// Why a client was left out of an export: it would not work as it should at the server it is loaded into.
package enum WithheldReason: String, Error, Sendable, CaseIterable {
    /// It needs its secret, and secrets were not asked for.
    case secretNeeded = "secret_needed"
    /// The result that told its secret is not in the folder.
    case resultMissing = "result_missing"
    /// The result holds another secret than the one that was issued, or none.
    case secretMismatch = "secret_mismatch"
    /// The result is sealed, and cannot be opened with the key that was given, if any.
    case sealed
    /// The result that holds its software statement is not in the folder.
    case statementMissing = "statement_missing"
    /// The bank brought only a hash of the secret when the client was taken over.
    case onlyHashKnown = "only_hash_known"
    /// The server does not know the client's way to authenticate.
    case methodUnsupported = "method_unsupported"

    /// Whether the client could be exported after all: then the next export must not pass it by.
    package var isMendable: Bool {
        switch self {
        case .secretNeeded, .resultMissing, .secretMismatch, .sealed, .statementMissing: true
        case .onlyHashKnown, .methodUnsupported: false
        }
    }

    /// What is so, in a few words, and what to do.
    package var explanation: (what: String, remedy: String) {
        switch self {
        case .secretNeeded:
            ("needs its secret", "export again with --secrets-from, or say --skip-secret-clients")
        case .resultMissing:
            ("is without the result that told its secret", "put the result files back, or have it renewed")
        case .secretMismatch:
            ("has another secret in its result than was issued", "restore the result files from a backup")
        case .sealed: ("has a sealed result", "give the recipient's private key: --unseal-with")
        case .statementMissing:
            (
                "is without the result that holds its software statement",
                "put the result files back, or export without --statements-from"
            )
        case .onlyHashKnown:
            ("was taken over with only a hash of its secret", "carry the hash over by the server's means")
        case .methodUnsupported:
            ("authenticates in a way the server does not know", "load them by hand, or agree on another method")
        }
    }
}
