import Crypto
import Encoding
import KeyCache

/// What the metadata of a bundle says, all of it verified.
struct VerifiedMetadata {
    let root: RootMetadata
    /// Roots that were not trusted before.
    let newRoots: [TrustRow]
    let timestamp: TimestampMetadata
    let targets: TargetsMetadata
    /// The last of each role but root, as it is trusted from now on.
    let rows: [TrustRow]
    /// The digest of what the timestamp says.
    let digest: SHA256Digest
    /// The ids of the keys that signed the timestamp.
    let signers: [String]
    /// The first expiry of all.
    let expires: UnixTime
    /// Whether this very bundle was imported before.
    let isKnown: Bool
    /// Whether versions trusted before no longer count, because a new root gave the roles other keys.
    let hasForgotten: Bool
}
