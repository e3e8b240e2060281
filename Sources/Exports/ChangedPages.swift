import Encoding
import Ledger

/// The clients that changed, in the order of their changes, read from the ledger a page at a time.
final class ChangedPages {
    private let ledger: Ledger
    private let filter: ClientFilter
    private let state: ClientFilter.State
    private let through: Int64
    private let now: UnixTime
    private var place: ClientPlace
    private var page: ArraySlice<ChangedClient> = []
    private var isLast = false

    private static let pageSize = 500

    init(
        _ ledger: Ledger,
        _ filter: ClientFilter,
        _ state: ClientFilter.State,
        after place: ClientPlace,
        through: Int64,
        at now: UnixTime
    ) {
        (self.ledger, self.filter, self.state) = (ledger, filter, state)
        (self.place, self.through, self.now) = (place, through, now)
    }

    func next() throws(ExportError) -> ChangedClient? {
        if page.isEmpty, !isLast { try fill() }
        return page.popFirst()
    }

    private func fill() throws(ExportError) {
        do throws(LedgerError) {
            let found = try ledger.read(at: now) { group throws(LedgerError) in
                try group.changedClients(after: place, through: through, state, filter, limit: Self.pageSize)
            }
            isLast = found.count < Self.pageSize
            if let end = found.last { place = end.place }
            page = found[...]
        } catch {
            throw .ledger(error)
        }
    }
}
