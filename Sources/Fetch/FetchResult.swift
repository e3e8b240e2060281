/// How one request of a pass ended, and how long it took.
package struct FetchResult: Sendable {
    /// The request's position in the list given to `Fetcher.fetch`.
    package var index: Int
    /// The host whose turn it was; nil when the request never got that far, and for a mirror.
    package var host: String?
    package var outcome: Result<FetchResponse, FetchFailure>
    /// Time from start to end of the transfer; 0 when none was started.
    package var milliseconds: Int

    package init(
        index: Int,
        host: String? = nil,
        outcome: Result<FetchResponse, FetchFailure>,
        milliseconds: Int = 0
    ) {
        self.index = index
        self.host = host
        self.outcome = outcome
        self.milliseconds = milliseconds
    }
}
