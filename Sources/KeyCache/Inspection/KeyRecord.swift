package import Encoding
import JOSE

/// A key as one source lists or listed it: what `keys` shows.
package struct KeyRecord: Sendable {
    package let source: Source
    package let key: HistoricKey
    /// The rows that tell its life, the oldest first.
    package let changes: [KeyChange]

    /// The kid, nil where the entry has none.
    package var kid: [UInt8]? { key.key.kid }

    /// When the newest change was recorded.
    package var changedAt: UnixTime { changes.last?.recordedAt ?? 0 }
}

/// One thing that was learned of a key.
package struct KeyChange: Sendable, Equatable {
    package let recordedAt: UnixTime
    /// The generation the change made.
    package let generation: Int
    package let state: ListingState
    /// Since when the state holds, which may be before it was learned.
    package let since: UnixTime
}
