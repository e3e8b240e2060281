package import Crypto

/// What is trusted of one role's metadata.
package struct TrustRow: Sendable, Equatable {
    /// The roles of bundles' metadata, and the pin.
    package enum Role: String, Sendable, CaseIterable {
        case root, timestamp, snapshot, targets
        /// The digest of the first root, which an operator named; its version is 0.
        case pin
    }

    package let role: Role
    package let version: Int64
    /// The digest of the file, or the pin.
    package let sha256: SHA256Digest
    /// The file as received; empty where only its digest is kept.
    package let json: [UInt8]

    package init(_ role: Role, version: Int64, sha256: SHA256Digest, json: [UInt8]) {
        self.role = role
        self.version = version
        self.sha256 = sha256
        self.json = json
    }
}
