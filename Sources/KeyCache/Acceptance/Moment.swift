import Encoding

/// The time of a write: by the clock, and as judged.
struct Moment {
    /// What the clock said; attempts are scheduled by it.
    let clock: UnixTime
    /// The same, or the time floor when the clock has gone back; freshness and history are written by it.
    let judged: UnixTime
}
