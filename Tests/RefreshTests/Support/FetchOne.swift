@testable import Fetch

extension Fetcher {
    /// The outcome of one request.
    func one(_ request: FetchRequest) -> Result<FetchResponse, FetchFailure> {
        var outcome: Result<FetchResponse, FetchFailure> = .failure(.stopped)
        fetch([request]) { outcome = $0.outcome }
        return outcome
    }

    /// The failure's stable code, or "body", or "not_modified".
    func code(_ request: FetchRequest) -> String {
        switch one(request) {
        case .success(.body), .success(.copy): "body"
        case .success(.notModified): "not_modified"
        case .failure(let failure): failure.code
        }
    }
}
