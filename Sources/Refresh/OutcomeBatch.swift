import Encoding
import Fetch
import KeyCache

/// Results that wait to be recorded together, because a transaction each would cost a sync each.
///
/// Bounded by number, by bytes and by age, so that neither memory nor a crash costs more than that. A body that may
/// revoke something waits least: until it is recorded, a revoked key still counts.
struct OutcomeBatch {
    static let countLimit = 200
    static let byteLimit = 8 << 20
    static let millisecondLimit: Int64 = 1000
    /// The age where something in the batch may revoke.
    static let urgentMillisecondLimit: Int64 = 100

    /// One result, when it came, and for which position of the pass.
    struct Entry {
        let position: Int
        let source: Source
        let result: FetchResult
        let time: UnixTime

        /// Whether nothing was asked, so that there is nothing to record.
        var isUntried: Bool {
            guard case .failure(let failure) = result.outcome else { return false }
            return failure.isUntried
        }

        /// Whether a set of revoked keys or a revocation list came, which may have changed.
        var mayRevoke: Bool {
            guard source.class.revokesKeys || source.class == .crl else { return false }
            return switch result.outcome {
            case .success(.body), .success(.copy): true
            case .success(.notModified), .failure: false
            }
        }
    }

    private var entries: [Entry] = []
    private var bytes = 0
    private var dueAt: Int64 = .max

    /// Adds a result at `now` of a monotonic clock.
    mutating func add(_ entry: Entry, now: Int64) {
        let limit = entry.mayRevoke ? Self.urgentMillisecondLimit : Self.millisecondLimit
        dueAt = min(dueAt, now + limit)
        switch entry.result.outcome {
        case .success(.body(let body, _, _)), .success(.copy(let body, _)): bytes += body.count
        case .success(.notModified), .failure: break
        }
        entries.append(entry)
    }

    /// Whether the batch should be recorded at `now` of a monotonic clock.
    func isDue(now: Int64) -> Bool {
        guard !entries.isEmpty else { return false }
        return entries.count >= Self.countLimit || bytes >= Self.byteLimit || now >= dueAt
    }

    /// Empties the batch and returns what was in it, in the order it came.
    mutating func take() -> [Entry] {
        defer { self = OutcomeBatch() }
        return entries
    }
}
