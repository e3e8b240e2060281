import Encoding

/// That the body in use of a source was fetched or confirmed.
struct FetchNote: Equatable {
    /// The pulse of the commit that recorded it.
    let pulse: Int64
    let fetchedAt: UnixTime
    /// The bundle it came with.
    let bundle: Int64?
}
