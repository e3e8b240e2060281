import Crypto
import Encoding
import KeyCache
import Ledger

/// Tells the audit what happened to bundles, from the cache's own log: each pinned root, each import, each word that lets
/// one count beyond its end, once.
///
/// Cache and ledger are two files. What a stopped process left untold is told by the next that looks, in the transaction
/// that remembers how far the log was told.
struct BundleWatch {
    private static let name = "bundles_told"
    private static let page = 1_000

    let store: KeyStore

    /// Appends a line for each event that has none.
    func note(in ledger: Ledger, at now: UnixTime) throws(Failure) {
        while true {
            let told: Mark?
            do throws(LedgerError) {
                told = try ledger.read(at: now) { group throws(LedgerError) in try Mark(group) }
            } catch {
                throw Failure(error)
            }
            let events = try untold(since: told)
            guard let last = events.last else { return }
            do throws(LedgerError) {
                try ledger.group(at: now) { group throws(LedgerError) in
                    // Another process may have told them meanwhile; then the next look finds nothing.
                    guard try Mark(group) == told else { return }
                    for event in events { try group.append(audit: Self.line(event)) }
                    try group.meta.set(Self.name, Mark(last).text)
                }
            } catch {
                throw Failure(error)
            }
        }
    }

    /// The next events behind a mark; all of them where the mark is of another cache.
    private func untold(since told: Mark?) throws(Failure) -> [CacheEvent] {
        do throws(KeyStoreError) {
            guard let told else { return try store.bundleEvents(from: 0, limit: Self.page) }
            let events = try store.bundleEvents(from: told.seq, limit: Self.page + 1)
            if let first = events.first, Mark(first) == told { return Array(events.dropFirst()) }
            return try store.bundleEvents(from: 0, limit: Self.page)
        } catch {
            throw Failure(error)
        }
    }

    private static func line(_ event: CacheEvent) -> String {
        let document = JSONDocument(limits: .record)
        // The cache wrote it; what does not parse is told without particulars.
        do throws(JSONError) { try document.parse(ByteSlice(event.data)) } catch {}
        let data = document.root
        let buffer = ByteBuffer(capacity: 512)
        var json = JSONWriter(buffer)
        json.beginObject()
        json.member("event", name(of: event).rawValue)
        json.member("subject", subject(data))
        data.forEachMember { name, value in
            json.name(name)
            json.value(value)
        }
        json.member("cache_event", event.seq)
        json.member("happened_at", Timestamp.rfc3339(event.at))
        json.endObject()
        return buffer.all.string
    }

    private static func name(of event: CacheEvent) -> AuditEvent {
        switch EventKind(rawValue: event.kind) {
        case .bundleExtended: .bundleExpiredAccepted
        case .bundlePinned: .bundlePinned
        default: .bundleImported
        }
    }

    /// A bundle by its name and number, a root by its digest.
    private static func subject(_ data: JSONValue) -> String {
        guard let repository = data["repository"]?.text, let version = data["version"]?.integer else {
            return data["root_sha256"]?.text?.string ?? ""
        }
        return "\(repository.string) v\(version)"
    }
}

extension BundleWatch {
    /// How far the cache's log was told: its entry, and the digest of what that says, which tells caches apart.
    private struct Mark: Equatable {
        let seq: Int64
        let digest: String

        init(_ event: CacheEvent) {
            seq = event.seq
            digest = SHA256Digest.of("\(event.at) \(event.kind) \(event.data)").hex
        }

        /// The one the ledger keeps.
        init?(_ group: LedgerGroup) throws(LedgerError) {
            let words = (try group.meta.value(BundleWatch.name) ?? "").split(separator: " ")
            guard words.count == 2, let seq = Int64(words[0]) else { return nil }
            (self.seq, digest) = (seq, String(words[1]))
        }

        var text: String { "\(seq) \(digest)" }
    }
}
