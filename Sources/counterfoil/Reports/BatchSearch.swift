import Encoding
import Ledger
import Operations
import Spool

/// Finds a batch by what people call it: its file's name or stem, its batch_id, or the path of its results.
struct BatchSearch {
    /// A batch that is complete, and where its results are.
    struct Found {
        var batch: BatchRecord
        var results: String
        var summary: String
    }

    private let site: Site
    private let ledger: Ledger

    init(_ site: Site) throws(Failure) {
        guard let ledger = try site.ledgerView() else {
            throw Failure(NoLedger.message(site.configuration.ledger.path), name: "uninitialised", .uninitialised)
        }
        (self.site, self.ledger) = (site, ledger)
    }

    func find(_ name: String) throws(Failure) -> Found {
        let (folder, file) = PathName.split(name)
        let key = Self.key(of: file)
        guard let batch = try batch(named: file, key: key) else {
            let remedy = "give its file name, its batch_id or the path of its results; only batches have reports"
            throw Failure(
                UserMessage(name, "no such batch was processed", remedy: remedy),
                name: "unknown_batch",
                .usage
            )
        }
        guard batch.state == .done || batch.state == .complete else {
            let done = "\(Figure.count(batch.lines)) lines of it are answered"
            let what = batch.state == .refused ? "was refused as a whole" : "is not complete: \(done)"
            let remedy =
                batch.state == .refused
                ? "see why in failed/manifest of the spool" : "run: counterfoil process; it goes on where it was"
            throw Failure(UserMessage(name, what, remedy: remedy), name: "batch_not_complete", .temporary)
        }
        // The key is what results and summary are called by, whatever folder they were moved to.
        let day = "\(site.configuration.spool.path)/results/\(SpoolLayout.day(batch.startedAt))/"
        let place = key != nil && Folders.exists(name) ? folder : day
        return Found(
            batch: batch,
            results: "\(place)\(batch.key).results.ndjson",
            summary: "\(place)\(batch.key).summary.json"
        )
    }

    /// The stem and h16 in the name of results or summary; nil for any other name.
    private static func key(of file: String) -> String? {
        for ending in [".results.ndjson", ".summary.json"] where file.hasSuffix(ending) {
            return String(file.dropLast(ending.count))
        }
        return nil
    }

    private func batch(named name: String, key: String?) throws(Failure) -> BatchRecord? {
        do throws(LedgerError) {
            return try ledger.read(at: site.clock.now()) { group throws(LedgerError) in
                if let key { return try group.batches.find(key: key) }
                if let batch = try group.batches.find(key: name) { return batch }
                if let batch = try group.batches.find(manifestID: name) { return batch }
                return try group.batches.latest(named: name)
            }
        } catch {
            throw Failure(error)
        }
    }
}
