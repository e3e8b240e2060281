package import Crypto
package import Encoding

/// What a bundle is made with.
package struct ExportRequest: Sendable {
    /// The roots, as read from their files, the oldest first.
    package var roots: [[UInt8]]
    /// The keys that sign timestamp, snapshot and targets.
    package var keys: [SigningKey]
    /// How long the bundle lives, in seconds.
    package var life: Int64
    /// The version whose unchanged bodies are left out; nil for a full bundle.
    package var since: Int64?
    package var time: UnixTime

    /// 35 days.
    package static let standardLife: Int64 = 35 * 86_400

    package init(
        roots: [[UInt8]],
        keys: [SigningKey],
        life: Int64 = standardLife,
        since: Int64? = nil,
        time: UnixTime
    ) {
        self.roots = roots
        self.keys = keys
        self.life = life
        self.since = since
        self.time = time
    }
}
