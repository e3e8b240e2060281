package import Crypto
package import Encoding
import JOSE
import Synchronization

/// Every key the store ever knew, read set by set when first asked for: what migration batches are judged by.
///
/// Archived keys stay out of `Snapshot`, so that ordinary work does not carry them. Take one per group, beside the
/// snapshot: what was read once does not change under it. Any thread may ask.
package final class KeyHistory: Sendable {
    /// The most keys given for one kid, the newest first.
    package static let limit = 8

    private let store: KeyStore
    private let snapshot: Snapshot?
    private let sets: Mutex<[String: [[UInt8]: [HistoricKey]]]> = Mutex([:])

    init(store: KeyStore, snapshot: Snapshot? = nil) {
        self.store = store
        self.snapshot = snapshot
    }

    /// All keys a URL ever listed under a kid: those in use first, then by when they were last listed, the latest first.
    ///
    /// Empty where the URL or the kid was never seen.
    package func keys(url: ByteSlice, kid: ByteSlice) throws(KeyStoreError) -> [HistoricKey] {
        try keys(url: url.string)[kid.bytes] ?? []
    }

    /// All keys a URL ever listed with this certificate.
    ///
    /// Empty where the URL or the certificate was never seen.
    package func keys(url: ByteSlice, certificate: SHA256Digest) throws(KeyStoreError) -> [HistoricKey] {
        try keys(url: url.string).values.flatMap { $0 }
            .filter { key in key.windows.contains { $0.certificate == certificate } }
    }

    private func keys(url: String) throws(KeyStoreError) -> [[UInt8]: [HistoricKey]] {
        if let known = sets.withLock({ $0[url] }) { return known }
        let read = try store.historicKeys(url: url, in: snapshot)
        var byKeyID: [[UInt8]: [HistoricKey]] = [:]
        for key in read { if let kid = key.key.kid { byKeyID[kid, default: []].append(key) } }
        let ranked = byKeyID.mapValues { keys in
            Array(keys.sorted { $0.precedes($1) }.prefix(Self.limit))
        }
        return sets.withLock { sets in
            if let known = sets[url] { return known }
            sets[url] = ranked
            return ranked
        }
    }
}

extension HistoricKey {
    /// Whether this key is to be tried before another of the same kid.
    fileprivate func precedes(_ other: HistoricKey) -> Bool {
        let (mine, theirs) = (recordedState.rank, other.recordedState.rank)
        guard mine == theirs else { return mine < theirs }
        return (periods.last?.toHigh ?? .max, periods.last?.fromHigh ?? 0)
            > (other.periods.last?.toHigh ?? .max, other.periods.last?.fromHigh ?? 0)
    }
}
