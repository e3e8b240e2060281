import Encoding
import Ledger
import OpenBanking
import Operations

/// Reads clients from the ledger, a page at a time: memory stays flat, and no reader holds the ledger's log for long.
struct ClientReader {
    private let ledger: Ledger
    private let now: UnixTime

    /// Clients read in one go.
    private static let pageSize = 500

    /// The reader of a site's ledger; there must be one.
    init(_ site: Site) throws(Failure) {
        guard let ledger = try site.ledgerView() else {
            let message = UserMessage(
                site.configuration.ledger.path,
                "there is no ledger yet, so there are no clients",
                remedy: "process something first: counterfoil process; or check ledger.path in the configuration"
            )
            throw Failure(message, name: "uninitialised", .uninitialised)
        }
        self.ledger = ledger
        now = site.clock.now()
    }

    /// Lends each page of the clients asked for, in the order they came in.
    func forEachPage(
        _ filter: ClientFilter,
        _ body: ([ClientRecord]) throws(Failure) -> Void
    ) throws(Failure) {
        var last = ""
        while true {
            let page = try read { group throws(LedgerError) in
                try group.clients.page(after: last, filter, limit: Self.pageSize)
            }
            if !page.isEmpty { try body(page) }
            guard page.count == Self.pageSize, let end = page.last else { return }
            last = end.clientID
        }
    }

    /// A client, and the result of the request that made it what it is; nil for an id that was never issued.
    func find(_ clientID: String) throws(Failure) -> (client: ClientRecord, result: PriorResult?)? {
        try read { group throws(LedgerError) in
            guard let client = try group.clients.find(clientID) else { return nil }
            return (client, try group.requests.find(client.requestSHA256))
        }
    }

    private func read<R>(_ body: (LedgerGroup) throws(LedgerError) -> R) throws(Failure) -> R {
        do throws(LedgerError) { return try ledger.read(at: now, body) } catch { throw Failure(error) }
    }
}
