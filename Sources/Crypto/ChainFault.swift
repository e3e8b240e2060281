/// Why a certificate has no path to an anchor.
package enum ChainFault: Error, Equatable, Sendable {
    /// OpenSSL's verdict: its error number, its text, and how far above the leaf (0).
    case path(error: Int, text: String, depth: Int)
    /// A certificate is not strict DER; the leaf is at 0, what came with it follows.
    case malformed(position: Int)
    /// More certificates came along than are ever looked at.
    case tooMany(Int)
    /// The leaf is itself an authority.
    case leafIsAuthority
    /// The leaf is not a version 3 certificate.
    case leafVersion(Int)
    /// OpenSSL could not be set up.
    case library(CryptoError)

    /// A short name that never changes.
    package var code: String {
        switch self {
        case .path(let error, _, _): "chain_\(error)"
        case .malformed: "chain_malformed"
        case .tooMany: "chain_too_many"
        case .leafIsAuthority: "chain_leaf_authority"
        case .leafVersion: "chain_leaf_version"
        case .library(let error): error.code
        }
    }
}
