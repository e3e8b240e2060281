import Crypto
import Fetch
import KeyCache
import Ledger
import Operations

/// Gathers the metrics of an installation from its files alone.
struct MetricsReader {
    private let site: Site

    init(_ site: Site) { self.site = site }

    /// The page as Prometheus reads it; a part that is there and cannot be read is a failure.
    func text() throws(Failure) -> String {
        let facts = try StatusReader(site).facts()
        var counters = try cacheCounters()
        if let ledger = try site.ledgerView() {
            counters.add(try LedgerReading.counters(ledger, at: site.clock.now()))
        }
        let page = MetricPage(
            facts,
            alerts: site.configuration.alerts,
            versions: [Version.number, CryptoLibrary.version, CurlLibrary.version, try sqlite()],
            counters: counters
        )
        return page.text
    }

    /// What was counted of fetches, and of the events since the first.
    private func cacheCounters() throws(Failure) -> CounterBook {
        guard Folders.exists(site.configuration.refresh.cache) else { return CounterBook() }
        let store = try site.cacheView()
        do throws(KeyStoreError) {
            var book = CounterBook(rows: try store.counters())
            for row in try store.eventCounts() where EventKind(rawValue: row.kind) != nil {
                book.count(.cacheEvents, row.kind, by: Int(row.number))
            }
            return book
        } catch {
            throw Failure(error)
        }
    }

    private func sqlite() throws(Failure) -> String {
        do throws(LedgerError) { return try LedgerLibrary.version() } catch { throw Failure(error) }
    }
}
