import Crypto
import Encoding
import Ledger
import OpenBanking
import Spool

/// Committed results that did not appear: told and never issued again, and told no longer once they are in their place.
///
/// A start and a running pass tell them alike: what is met is noted first, and told at once when all else has appeared.
struct LostResults {
    let context: PassContext
    /// Those that were met, and why each did not appear, in words.
    private var lost: [(entry: OutboxEntry, why: String)] = []
    /// What is staged and goes once that is told.
    private var superseded: [String] = []

    init(context: PassContext) { self.context = context }

    /// Where a result lies under `results/`.
    struct Place {
        let day: String
        let name: String

        init?(_ entry: OutboxEntry) {
            let parts = entry.resultName.split(separator: "/")
            guard let name = parts.last, let day = parts.dropLast().last else { return nil }
            (self.day, self.name) = (String(day), String(name))
        }
    }

    /// Notes one that is neither staged nor there.
    mutating func miss(_ entry: OutboxEntry) {
        lost.append((entry, "its bytes are nowhere, and no consumer marked it as taken"))
    }

    /// Notes one that is not staged, where its name has other bytes than it.
    ///
    /// Of two answers to the same bytes the first stands.
    mutating func check(_ entry: OutboxEntry, at place: Place) throws(PipelineError) {
        guard Outcome(resultName: place.name)?.mayMeetItsTwin != true, try !isInPlace(entry, place) else { return }
        lost.append((entry, "other bytes have this name, and its own are nowhere"))
    }

    /// Notes one whose name other bytes have, and keeps its own.
    ///
    /// Of two answers to the same bytes the first stands; anything else is for an operator to decide.
    mutating func conflict(_ entry: OutboxEntry, at place: Place) throws(PipelineError) {
        if Outcome(resultName: place.name)?.mayMeetItsTwin != true {
            lost.append((entry, try keep(entry, place)))
        }
        superseded.append(entry.stagedName)
    }

    /// Writes down which are lost, and lets go of what is staged of them.
    ///
    /// Before it is written down, a stop would let the next start take the other bytes for these.
    func tell() throws(PipelineError) {
        if !lost.isEmpty {
            try context.lifting { () throws(SpoolError) in try context.spool.synchronize() }
            _ = try context.commit("") { group throws(PipelineError) in
                try group.lifting { group throws(LedgerError) in
                    for (entry, _) in lost { try group.outbox.markLost(entry.number) }
                }
            }
            context.tally.lost += lost.map { ($0.entry.resultName, $0.why) }
            for (entry, why) in lost { context.onLost(entry.resultName, why) }
        }
        try context.lifting { () throws(SpoolError) in
            for name in superseded { _ = try context.spool.removeStaged(name) }
        }
    }

    /// Keeps the bytes of a result whose name others have; why it is lost, in words.
    ///
    /// What is staged stays until the loss is committed.
    private func keep(_ entry: OutboxEntry, _ place: Place) throws(PipelineError) -> String {
        let path = try context.lifting { () throws(SpoolError) in
            try context.spool.keepApart(entry.stagedName, as: place.name, day: place.day, at: context.now)
        }
        return "other bytes have this name: the result did not appear" + (path.map { ", it is kept in \($0)" } ?? "")
    }

    /// Looks after those that were told of; each pass begins with it.
    ///
    /// One that lies in its place by now, put there by an operator, is lost no longer. Of one whose bytes are still staged
    /// a stop came between; they go once they are kept. What is to appear is not touched.
    func settle() throws(PipelineError) {
        let lost = try context.read { group throws(LedgerError) in try group.outbox.lostResults() }
        guard !lost.isEmpty else { return }
        let results = try context.read { group throws(LedgerError) in try group.outbox.pendingResults() }
        let pending = Set(results.map(\.stagedName))
        var found: [Int64] = []
        for entry in lost {
            guard let place = Place(entry) else { continue }
            let isFound = try isInPlace(entry, place)
            if isFound { found.append(entry.number) }
            guard !pending.contains(entry.stagedName),
                try context.lifting({ () throws(SpoolError) in try context.spool.isStaged(entry.stagedName) })
            else { continue }
            if !isFound { _ = try keep(entry, place) }
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

    /// Whether the very bytes that were committed are visible under their name; other bytes are read once.
    private func isInPlace(_ entry: OutboxEntry, _ place: Place) throws(PipelineError) -> Bool {
        let there = try context.lifting { () throws(SpoolError) in
            try context.spool.resultIdentity(place.name, day: place.day)
        }
        guard let there, context.otherBytes[entry.number] != there else { return false }
        let stream = SHA256Stream()
        let isThere = try context.lifting { () throws(SpoolError) in
            try context.spool.forEachResultPiece(place.name, day: place.day) { stream.update($0) }
        }
        if isThere, stream.finish() == entry.sha256 { return true }
        context.otherBytes[entry.number] = there
        return false
    }
}
