package import Crypto
package import Encoding

/// One signed bundle this cache made or imported.
package struct BundleRecord: Sendable, Equatable {
    /// Which way it went.
    package enum Direction: String, Sendable {
        case exported = "out"
        case imported = "in"
    }

    package let direction: Direction
    /// The name its root gives the repository.
    package let repository: String
    package let version: Int64
    /// When it was made, and the first expiry among its metadata.
    package let created: UnixTime
    package let expires: UnixTime
    /// Half of its life: from then on its age is a warning.
    package let freshUntil: UnixTime
    /// Until when what it brought is used: its expiry, or what an operator decided.
    package let usableUntil: UnixTime
    /// The digest of what its timestamp says, which fixes everything in it.
    package let sha256: SHA256Digest
    /// The ids of the keys that signed its timestamp.
    package let signers: [String]
    /// When it was made or imported here.
    package let recordedAt: UnixTime
    /// Who decided that it counts beyond its expiry, and why; nil where nobody did.
    package let word: OperatorWord?

    package init(
        _ direction: Direction,
        repository: String,
        version: Int64,
        created: UnixTime,
        expires: UnixTime,
        usableUntil: UnixTime? = nil,
        sha256: SHA256Digest,
        signers: [String],
        recordedAt: UnixTime,
        word: OperatorWord? = nil
    ) {
        self.direction = direction
        self.repository = repository
        self.version = version
        self.created = created
        self.expires = expires
        freshUntil = created + max(0, expires - created) / 2
        self.usableUntil = usableUntil ?? expires
        self.sha256 = sha256
        self.signers = signers
        self.recordedAt = recordedAt
        self.word = word
    }

    /// The longest time an operator may let a bundle count beyond its expiry, in seconds.
    package static let longestOverride: Int64 = 7 * 86_400

    /// How far what it brought may be relied on.
    package func state(at time: UnixTime) -> SourceState {
        if time >= usableUntil { return .unusable }
        return time < freshUntil ? .fresh : .stale
    }
}
