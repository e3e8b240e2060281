import Encoding
import KeyCache
import Operations

/// What happened to keys, as lines of the log: each key once, and of many the first.
struct KeyEventLog {
    private let store: KeyStore
    private let log: Log
    private var seen: Int64

    /// The most lines at once; a first fetch brings thousands of keys.
    private static let limit = 20

    /// Tells what happens from now on.
    init(_ store: KeyStore, _ log: Log) throws(KeyStoreError) {
        (self.store, self.log) = (store, log)
        seen = try store.events(limit: 1).last?.seq ?? 0
    }

    /// Tells what happened since the last time, whoever did it.
    mutating func tell() throws(KeyStoreError) {
        let last = try store.events(limit: 1).last?.seq ?? 0
        let more = last - seen
        guard more > 0 else { return }
        let events = try store.events(after: seen, limit: 1000)
        seen = last
        let told = events.filter { Self.event($0) != nil }
        for event in told.prefix(Self.limit) { try tell(event) }
        let rest = told.count - Self.limit + Int(more) - events.count
        if rest > 0 { log(.keyMore, "More happened to keys", .count(.keys, rest)) }
    }

    private func tell(_ event: CacheEvent) throws(KeyStoreError) {
        guard let kind = Self.event(event) else { return }
        var fields: [LogField] = []
        if let id = event.sourceID, let source = try store.source(id: id) { fields.append(.source(source.url)) }
        let document = JSONDocument(limits: .record)
        do throws(JSONError) { try document.parse(ByteSlice(event.data)) } catch { return }
        let root = document.root
        if let kid = root["kid"]?.text { fields.append(.keyID(kid.string)) }
        if let host = root["host"]?.text { fields.append(.host(host.string)) }
        if let rule = root["rule"]?.text { fields.append(.code(rule.string)) }
        if let by = root["by"]?.text { fields.append(.actor(by.string)) }
        log.write(kind, "Something happened to a key", fields)
    }

    private static func event(_ event: CacheEvent) -> Event? {
        switch EventKind(rawValue: event.kind) {
        case .keyAdded, .keyReturned: .keyAdded
        case .keyRetired: .keyRetired
        case .keyRevoked: .keyRevoked
        case .keyQuarantined, .secretPublished: .keyQuarantined
        case .setHeld: .keyHeld
        case .holdAccepted: .keyHoldAccepted
        case .holdRejected: .keyHoldRejected
        case .fleetTripped: .hostTrouble
        default: nil
        }
    }
}
