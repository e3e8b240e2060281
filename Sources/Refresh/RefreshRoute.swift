package import Fetch

/// Where bodies come from: the network, or a mirror tree without any socket.
package enum RefreshRoute {
    case network(Fetcher)
    case mirror(MirrorReader)

    /// Gets every request and delivers each result once.
    func fetch(
        _ requests: [FetchRequest],
        shouldStop: () -> Bool,
        admit: (_ index: Int, _ host: String?) -> FetchFailure?,
        deliver: (FetchResult) -> Void
    ) {
        switch self {
        case .network(let fetcher): fetcher.fetch(requests, shouldStop: shouldStop, admit: admit, deliver: deliver)
        case .mirror(let mirror):
            mirror.fetch(requests, shouldStop: shouldStop, admit: { admit($0, nil) }, deliver: deliver)
        }
    }

    /// The longest a body may take, in seconds.
    var longestTransfer: Int64 {
        switch self {
        case .network(let fetcher): fetcher.longestTransfer
        case .mirror: 1
        }
    }
}
