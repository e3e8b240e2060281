package import Crypto
package import Encoding
import KeyCache

/// What a verified file is, told without a cache to import it into.
package struct BundleInspection: Sendable {
    package let repository: String
    package let version: Int64
    package let created: UnixTime
    package let expires: UnixTime
    package let rootVersion: Int64
    /// The digest of what its timestamp says.
    package let sha256: SHA256Digest
    package let signers: [String]
    /// The sources it names, those with a body in it, and those whose body it leaves out.
    package let sources: Int
    package let bodies: Int
    package let absent: Int
    package let pastKeys: Int
    package let observations: Int
    /// The version it builds on; nil for a full bundle.
    package let since: Int64?
    /// Whether it is the one that was imported last.
    package let isKnown: Bool

    /// Verifies a file as an import would, up to the point where bodies are vetted.
    package init(
        path: String,
        trust: TrustedState,
        at time: UnixTime,
        acceptsExpired: Bool = false
    ) throws(BundleFault) {
        let file = try BundleFile(path: path, trust: trust, at: time, acceptsExpired: acceptsExpired)
        let contents = try BundleContents(file, nil)
        let metadata = file.metadata
        repository = metadata.root.repository
        version = metadata.timestamp.head.version
        created = metadata.timestamp.created
        expires = metadata.expires
        rootVersion = metadata.root.head.version
        sha256 = metadata.digest
        signers = metadata.signers
        sources = contents.table.rows.count
        bodies = contents.bodies.count - file.absent.count
        absent = file.absent.count
        pastKeys = contents.pastKeys.count
        observations = contents.observations
        since = contents.table.since
        isKnown = metadata.isKnown
    }
}
