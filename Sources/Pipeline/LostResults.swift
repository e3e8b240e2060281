import Crypto
import Encoding
import Ledger
import OpenBanking
import Spool

/// Committed results that did not appear: told and never issued again, and told no longer once they are in their place.
struct LostResults {
    let context: PassContext

    /// Where a result lies under `results/`.
    private struct Place {
        let day: String
        let name: String

        init?(_ entry: OutboxEntry) {
            let parts = entry.resultName.split(separator: "/")
            guard let name = parts.last, let day = parts.dropLast().last else { return nil }
            (self.day, self.name) = (String(day), String(name))
        }
    }

    /// Keeps the bytes of a result whose name others have; why it is lost, in words.
    ///
    /// What is staged stays until the loss is committed: before, a stop would let the next start take the other bytes for
    /// these.
    func keep(_ entry: OutboxEntry) throws(PipelineError) -> String {
        let path = try Place(entry).flatMap { place throws(PipelineError) in
            try context.lifting { () throws(SpoolError) in
                try context.spool.keepApart(entry.stagedName, as: place.name, day: place.day, at: context.now)
            }
        }
        return "other bytes have this name: the result did not appear" + (path.map { ", it is kept in \($0)" } ?? "")
    }

    /// Looks after those that earlier starts told of.
    ///
    /// One that lies in its place by now, put there by an operator, is lost no longer. Of one whose bytes are still staged
    /// a stop came between; they go once they are kept. What is `pending` is not touched.
    func settle(but pending: Set<String>) throws(PipelineError) {
        let lost = try context.read { group throws(LedgerError) in try group.outbox.lostResults() }
        guard !lost.isEmpty else { return }
        var found: [Int64] = []
        for entry in lost {
            let isFound = try isInPlace(entry)
            if isFound { found.append(entry.number) }
            guard !pending.contains(entry.stagedName),
                try context.lifting({ () throws(SpoolError) in try context.spool.isStaged(entry.stagedName) })
            else { continue }
            if !isFound { _ = try keep(entry) }
            try context.lifting { () throws(SpoolError) in
                try context.spool.synchronize()
                _ = try context.spool.removeStaged(entry.stagedName)
            }
        }
        guard !found.isEmpty else { return }
        try context.lifting { () throws(SpoolError) in try context.spool.synchronize() }
        _ = try context.commit("") { group throws(PipelineError) in
            try group.lifting { group throws(LedgerError) in
                for number in found { try group.outbox.markFound(number) }
            }
        }
    }

    /// Whether the very bytes that were committed are visible under their name.
    private func isInPlace(_ entry: OutboxEntry) throws(PipelineError) -> Bool {
        guard let place = Place(entry) else { return false }
        let stream = SHA256Stream()
        let isThere = try context.lifting { () throws(SpoolError) in
            try context.spool.forEachResultPiece(place.name, day: place.day) { stream.update($0) }
        }
        return isThere && stream.finish() == entry.sha256
    }
}
