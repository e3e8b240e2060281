package import Crypto
package import KeyCache

/// What is trusted before a bundle is looked at: roots, the last of each other role, and the pinned first root.
package struct TrustedState: Equatable, Sendable {
    /// The rows of the cache this is made of.
    package let rows: [TrustRow]
    /// The digest of the root trust begins with: the operator's word.
    package let pin: SHA256Digest?

    /// `pin`, where given, is what the command line or the configuration says; else the cache's own.
    package init(_ rows: [TrustRow], pin: SHA256Digest? = nil) {
        self.rows = rows
        self.pin = pin ?? rows.first { $0.role == .pin }?.sha256
    }

    /// The roots, the oldest first.
    var roots: [TrustRow] { rows.filter { $0.role == .root } }

    func last(_ role: TrustRow.Role) -> TrustRow? { rows.last { $0.role == role } }
}
