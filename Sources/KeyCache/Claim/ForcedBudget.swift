import Encoding

/// How many fetches wanted keys may bring forward, so that a flood of unknown kids cannot turn us on a key store.
///
/// A source has a bucket of three, refilled by one each five minutes. All sources together have thirty a minute, five of
/// which only the directory may use, so that nobody's flood starves a rotation of the directory's keys.
struct ForcedBudget {
    /// What one source may save up, and the seconds until one more is there.
    static let bucket: Int64 = 3
    static let refill: Int64 = 300
    /// What all may use in any sixty seconds, and how much of it only the directory.
    static let window: Int64 = 60
    static let perWindow = 30
    static let reserved = 5

    /// When each source's bucket will be full again.
    let fullAt: [Int64: UnixTime]
    /// How many were brought forward in the window.
    let recent: Int

    /// Whether a fetch of `source` may be brought forward at `time`.
    func allows(_ source: Source, at time: UnixTime) -> Bool {
        let limit = source.class == .directory ? Self.perWindow : Self.perWindow - Self.reserved
        return recent < limit && owed(source.id, at: time) <= (Self.bucket - 1) * Self.refill
    }

    /// When the bucket is full again after one more.
    func spent(_ source: Source, at time: UnixTime) -> UnixTime { time + owed(source.id, at: time) + Self.refill }

    /// The seconds to a full bucket; what no clock of ours can have written counts as none.
    private func owed(_ id: Int64, at time: UnixTime) -> Int64 {
        let owed = (fullAt[id] ?? time) - time
        return (0...Self.bucket * Self.refill).contains(owed) ? owed : 0
    }
}
