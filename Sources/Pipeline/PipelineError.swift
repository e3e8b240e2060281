package import JOSE
package import KeyCache
package import Ledger
package import Spool

/// Why a pass stopped: our own fault or the machine's, never a request's.
///
/// Nothing is lost; the next pass goes on.
package enum PipelineError: Error, Sendable {
    case spool(SpoolError)
    case ledger(LedgerError)
    case cache(KeyStoreError)
    /// Too little is free on the spool's file system to take anything, in bytes; what is there stays where it is.
    case spaceLow(path: String, FreeSpace.Shortage)
    /// The system gave no random numbers.
    case random
    /// A response could not be sealed.
    case sealing(SealingFault)
    /// The ledger's key for secret hashes cannot be read or made.
    case secretKey(path: String, errno: Int32)
    /// An operator asks for a pause by this file; what is there stays where it is.
    case paused(path: String)
    /// The ledger ends at a group before the last that this spool was used with: it is an older one.
    case ledgerIsOlder(note: String, found: Int64, expected: Int64)
    /// Asked to stop; what was in flight was finished.
    case stopped

    /// True where running again later may succeed without anybody's help (exit code 75).
    package var isTemporary: Bool {
        switch self {
        case .spool(let error): error.isTemporary
        case .ledger(let error): error.mustStop || error == .busy
        case .cache: true
        case .random, .sealing, .secretKey, .ledgerIsOlder: false
        case .stopped, .spaceLow, .paused: true
        }
    }
}

extension PipelineError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .spool(let error): "\(error)"
        case .ledger(let error): "\(error)"
        case .cache(let error): "\(error)"
        case .spaceLow(let path, .bytes(let free, let need)):
            "\(path): only \(free) bytes of \(need) are free; nothing is taken until there is more"
        case .spaceLow(let path, .inodes(let free, let need)):
            "\(path): only \(free) inodes of \(need) are free; nothing is taken until there is more"
        case .random: "the system gave no random numbers"
        case .sealing(let fault): "\(fault)"
        case .secretKey(let path, let errno): "\(path): cannot be used as the key of secret hashes (errno \(errno))"
        case .paused(let path): "\(path) asks for a pause; nothing is taken until it is removed"
        case .ledgerIsOlder(_, let found, let expected):
            "the ledger ends with group \(found), and this spool was used with one that had group \(expected)"
        case .stopped: "asked to stop"
        }
    }
}
