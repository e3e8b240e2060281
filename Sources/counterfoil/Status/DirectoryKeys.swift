import Encoding
import JOSE
import KeyCache
import Operations

/// How far the directory's key set may be relied on: without it no software statement can be verified.
enum DirectoryKeys: Equatable {
    case missing
    case unusable(fetchedAt: UnixTime)
    case usable(fetchedAt: UnixTime, isFresh: Bool)

    init(_ snapshot: Snapshot, _ configuration: Configuration, at now: UnixTime) {
        guard let set = snapshot.keySet(configuration.directory.jwks) else {
            self = .missing
            return
        }
        switch set.state(at: snapshot.judged(now)) {
        case .unusable: self = .unusable(fetchedAt: set.fetchedAt)
        case .stale: self = .usable(fetchedAt: set.fetchedAt, isFresh: false)
        case .fresh: self = .usable(fetchedAt: set.fetchedAt, isFresh: true)
        }
    }

    var areUsable: Bool { if case .usable = self { true } else { false } }

    var fetchedAt: UnixTime? {
        switch self {
        case .missing: nil
        case .unusable(let time), .usable(let time, _): time
        }
    }

    /// The state in one word.
    var word: String {
        switch self {
        case .missing: "missing"
        case .unusable: "unusable"
        case .usable(_, let isFresh): isFresh ? "fresh" : "stale"
        }
    }

    /// The warning that goes with keys that cannot be used; nil for keys that can.
    func message(_ configuration: Configuration, now: UnixTime) -> UserMessage? {
        let limit = configuration.refresh.classes.directory.unusableAfter
        switch self {
        case .usable: return nil
        case .missing:
            return UserMessage(
                configuration.directory.jwks,
                "the directory's key set is not in the cache, so every request waits",
                remedy: "counterfoil refresh"
            )
        case .unusable(let time):
            return UserMessage(
                configuration.directory.jwks,
                "the directory's key set is \(Age.text(seconds: now - time)) old, more than \(limit), so every request waits",
                remedy: "counterfoil refresh --all"
            )
        }
    }
}
