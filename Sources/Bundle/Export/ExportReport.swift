package import Crypto
package import KeyCache

/// What an export wrote.
package struct ExportReport: Sendable, Equatable {
    package let path: String
    package let record: BundleRecord
    /// The SHA-256 of the whole file, to be carried by another way.
    package let sha256: SHA256Digest
    package let bytes: Int64
    /// The sources with a body in it, and those left out because the bundle it builds on has theirs.
    package let bodies: Int
    package let unchanged: Int
    /// The sources no body was ever accepted for.
    package let empty: Int
    package let pastKeys: Int
    package let observations: Int
}
