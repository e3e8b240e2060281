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
        let refresh = configuration.refresh
        switch self {
        case .usable: return nil
        case .missing:
            return UserMessage(
                configuration.directory.jwks,
                "the directory's key set is not in the cache, so every request waits",
                remedy: refresh.mode.command
            )
        case .unusable(let time):
            return UserMessage(
                configuration.directory.jwks,
                "the directory's key set is \(Age.text(seconds: now - time)) old, \(Self.limit(refresh)), so every request waits",
                remedy: refresh.mode.commandForAll
            )
        }
    }

    /// Why an age is too much: a limit of ours, or the end of the bundle that brought the keys.
    private static func limit(_ refresh: RefreshSettings) -> String {
        refresh.mode == .online ? "more than \(refresh.classes.directory.unusableAfter)" : "beyond its bundle's end"
    }
}
