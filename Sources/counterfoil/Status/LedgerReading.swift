import Crypto
import Encoding
import Ledger
import OpenBanking
import Operations

/// What `status` asks the ledger.
enum LedgerReading {
    static func summary(_ ledger: Ledger, at now: UnixTime) throws(Failure) -> LedgerSummary {
        try read(ledger, now) { group throws(LedgerError) in try group.summary() }
    }

    static func waiting(_ ledger: Ledger, at now: UnixTime) throws(Failure) -> [DeferredEntry] {
        try read(ledger, now) { group throws(LedgerError) in try group.deferred.allDeferred() }
    }

    static func lastPass(_ ledger: Ledger, at now: UnixTime) throws(Failure) -> LastPass? {
        try read(ledger, now) { group throws(LedgerError) in try LastPass(group.meta) }
    }

    /// The numbers counted from pass to pass.
    static func counters(_ ledger: Ledger, at now: UnixTime) throws(Failure) -> CounterBook {
        CounterBook(rows: try read(ledger, now) { group throws(LedgerError) in try group.counters() })
    }

    /// What deferred requests wait for, most wanted first.
    static func missing(_ ledger: Ledger, at now: UnixTime) throws(Failure) -> [KeyFacts.Missing] {
        var counts: [Wanted: Int] = [:]
        for entry in try waiting(ledger, at: now) {
            for key in entry.wanted { counts[Wanted(url: key.url, keyID: key.keyID), default: 0] += 1 }
        }
        return counts.map { KeyFacts.Missing(url: $0.key.url, keyID: $0.key.keyID, requests: $0.value) }
            .sorted { ($1.requests, $0.url, $0.keyID ?? "") < ($0.requests, $1.url, $1.keyID ?? "") }
    }

    /// What is waited for, whatever it is wanted as.
    private struct Wanted: Hashable {
        let url: String
        let keyID: String?
    }

    /// Requests whose digest begins so, and their first results.
    static func requests(
        _ ledger: Ledger,
        prefix: [UInt8],
        at now: UnixTime
    ) throws(Failure) -> [(digest: SHA256Digest, result: PriorResult)] {
        try read(ledger, now) { group throws(LedgerError) in try group.requests.find(prefix: prefix) }
    }

    private static func read<R>(
        _ ledger: Ledger,
        _ now: UnixTime,
        _ body: (LedgerGroup) throws(LedgerError) -> R
    ) throws(Failure) -> R {
        do throws(LedgerError) {
            return try ledger.read(at: now, body)
        } catch {
            throw Failure(error)
        }
    }
}
