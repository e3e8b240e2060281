import Crypto
import Encoding
import Ledger
import OpenBanking
import Operations
import Report

/// What became of requests that a batch's results tell as waiting.
struct LaterDecisions {
    private let site: Site
    private let ledger: Ledger?
    private let document = JSONDocument(limits: .result)

    init(_ site: Site) throws(Failure) {
        self.site = site
        ledger = try site.ledgerView()
    }

    /// The final result of a request that waited; nil while it waits still, or where its file is not there any more.
    func decision(for waiting: ReportedResult) throws(Failure) -> ReportedResult? {
        guard let ledger, let digest = Hex.decode(waiting.requestSHA256).flatMap({ SHA256Digest(bytes: $0) }) else {
            return nil
        }
        let prior: PriorResult?
        do throws(LedgerError) {
            prior = try ledger.read(at: site.clock.now()) { group throws(LedgerError) in
                try group.requests.find(digest)
            }
        } catch {
            throw Failure(error)
        }
        guard let prior, prior.outcome != .deferred, prior.line == nil || prior.line == waiting.line else { return nil }
        let path = "\(site.configuration.spool.path)/\(prior.resultName)"
        guard path.hasSuffix(".json") else { return nil }
        let bytes: [UInt8]
        do throws(FileBytes.Fault) { bytes = try FileBytes.read(path, limit: 4 << 20) } catch { return nil }
        do throws(JSONError) { try document.parse(bytes) } catch { return nil }
        guard var result = ReportedResult(document.root) else { return nil }
        (result.file, result.line) = (waiting.file, waiting.line)
        return result
    }
}
