import Encoding

/// The time of a write: by the clock, and as judged.
struct Moment {
    /// What the clock said; attempts are scheduled by it.
    let clock: UnixTime
    /// The same, or the time floor when the clock has gone back; freshness and history are written by it.
    let judged: UnixTime
    /// When the body was fetched from its server: as judged, or earlier where somebody else fetched it.
    let fetched: UnixTime

    /// `copiedAt` is nil where the body was fetched now.
    init(clock: UnixTime, judged: UnixTime, copiedAt: UnixTime? = nil) {
        self.clock = clock
        self.judged = judged
        fetched = min(copiedAt ?? judged, judged)
    }
}
