import Encoding
import Foundation
import GRDB
import OpenBanking
import Pipeline
import Rules
import Simulator
import Spool
import Synchronization
import Testing

/// While a group is committed, the next is taken and judged: what one does must be as if they came one after another.
@Suite("A group judged while the one before is committed")
struct AheadTests {
    /// Two requests next to each other, each in a group of its own, and how they must end.
    struct Pair: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var duplicates = Policy.Duplicates.many
        var makesSecond: @Sendable (RequestDraft, String) throws -> String
        var outcomes: [String]
        var clients: Int
    }

    private static let pairs = [
        Pair(
            testDescription: "the same bytes",
            makesSecond: { _, first in first },
            outcomes: ["accepted", "duplicate"],
            clients: 1
        ),
        Pair(
            testDescription: "other bytes with the same iss and jti",
            makesSecond: { draft, _ in
                var other = draft
                other.claims["scope"] = "openid accounts"
                return try other.line()
            },
            outcomes: ["accepted", "duplicate"],
            clients: 1
        ),
        Pair(
            testDescription: "the same software, where the bank refuses a second registration",
            duplicates: .refuse,
            makesSecond: { _, _ in try World.forge.request(for: World.software, number: 2).line() },
            outcomes: ["accepted", "rejected"],
            clients: 1
        ),
        Pair(
            testDescription: "the same software, where a second registration replaces the first",
            duplicates: .update,
            makesSecond: { _, _ in try World.forge.request(for: World.software, number: 2).line() },
            outcomes: ["accepted", "accepted"],
            clients: 1
        ),
        Pair(
            testDescription: "the same software, where it may have many",
            makesSecond: { _, _ in try World.forge.request(for: World.software, number: 2).line() },
            outcomes: ["accepted", "accepted"],
            clients: 2
        ),
    ]

    @Test("knows what the group before decided", arguments: pairs, ["lines", "files"])
    func order(_ pair: Pair, _ form: String) throws {
        let place = try Place(plan: { $0.groupRequests = 1 }, policy: { $0.duplicates = pair.duplicates })
        let draft = World.forge.request(for: World.software, number: 1)
        let first = try draft.line()
        let lines = [first, try pair.makesSecond(draft, first)]
        if form == "lines" {
            try place.drop("b.ndjson", lines.joined(separator: "\n"))
        } else {
            for (number, line) in lines.enumerated() { try place.drop("f\(number).json", line) }
        }
        try place.pass()
        let outcomes = try place.answers.map(\.outcome)
        // Files are taken in no order.
        #expect((form == "lines" ? outcomes : outcomes.sorted()) == pair.outcomes)
        #expect(try place.clients.count == pair.clients)
        #expect(place.isSettled)
    }

    @Test(
        "when that one cannot be committed: nothing of either shows, and both are answered once",
        arguments: [0, 1, 2]
    )
    func failedCommit(_ before: Int) throws {
        let place = try Place { plan in plan.groupRequests = 2 }
        for item in try Campaign(World.forge, count: 9).items { try place.drop(item) }
        var (groups, lock) = (0, before == 0 ? try place.lockLedger() : nil)
        #expect {
            try place.pass(after: { _ in
                groups += 1
                if groups == before { lock = try? place.lockLedger() }
            })
        } throws: { error in
            (error as? PipelineError)?.isTemporary == true
        }
        #expect(groups == before)
        #expect(place.names.count == 2 * before)
        #expect(place.lying(in: .staging).isEmpty || lock != nil)
        #expect(place.lying(in: .active).filter { $0.hasSuffix(".jwt") }.count <= 4)
        lock = nil
        #expect(try place.clients.count == 2 * before)
        let seen = try Dictionary(uniqueKeysWithValues: place.names.map { ($0, try place.bytes($0)) })
        try place.reopen()
        try place.pass()
        for (name, bytes) in seen { #expect(try place.bytes(name) == bytes) }
        #expect(try place.clients.count == 9)
        #expect(place.names.count == 9)
        #expect(place.isSettled)
        #expect(try place.unfaithfulResults == [])
    }

    /// On the main thread, which no pool ever had.
    @Test("judging gives way to committing, which keeps the process's own priority", arguments: ["files", "lines"])
    @MainActor
    func givesWay(_ form: String) throws {
        // A bit for each nice value, from -20. No lock: ThreadSanitizer does not see what a contended Mutex orders.
        let seen = Atomic<UInt64>(0)
        let kind = __priority_which_t(PRIO_PROCESS.rawValue)
        let own = getpriority(kind, id_t(getpid()))
        let place = try Place { plan in
            plan.groupRequests = 5
            plan.workers = 2
            // Asked by the thread that judges as by the one that commits; 0 is the thread that asks.
            plan.milliseconds = {
                seen.bitwiseOr(Self.bit(getpriority(kind, 0)), ordering: .relaxed)
                return 0
            }
        }
        try drop(form, into: place)
        try place.pass(after: { _ in #expect(getpriority(kind, 0) == own) })
        #expect(seen.load(ordering: .relaxed) == Self.bit(own) | Self.bit(min(19, own + 10)))
        try finished(place, form)
    }

    private static func bit(_ priority: Int32) -> UInt64 { 1 << UInt64(priority + 20) }

    @Test("when a stop comes then: both are finished, and nothing more is taken", arguments: ["files", "lines"])
    func stopped(_ form: String) throws {
        let place = try dropped(form)
        #expect(throws: PipelineError.self) { try place.pass(after: { [stop = place.stop] _ in stop.set() }) }
        let done = try place.clients.count
        #expect(form == "lines" ? done == 5 : done == 5 || done == 10, "\(done)")
        if form == "files" { #expect(place.lying(in: .active).isEmpty && place.lying(in: .staging).isEmpty) }
        try place.reopen()
        try place.pass()
        try finished(place, form)
    }

    @Test(
        "when a pause comes then: what was taken is finished, and nothing more is taken",
        arguments: ["files", "lines"]
    )
    func paused(_ form: String) throws {
        let place = try dropped(form)
        #expect {
            try place.pass(after: { [place] _ in try? place.folder.write([], to: "spool/control/pause") })
        } throws: { error in
            guard case PipelineError.paused = error else { return false }
            return true
        }
        let done = try place.clients.count
        #expect(form == "lines" ? done == 5 : done == 5 || done == 10, "\(done)")
        if form == "files" { #expect(place.lying(in: .active).isEmpty && place.lying(in: .staging).isEmpty) }
        try place.folder.remove("spool/control/pause")
        try place.pass()
        try finished(place, form)
    }

    @Test("when its batch is cancelled then: nothing of it is answered")
    func cancelled() throws {
        let place = try dropped("lines")
        try place.pass(after: { [place] _ in try? place.folder.write([], to: "spool/control/b.cancel") })
        #expect(try place.clients.count == 5)
        #expect(try place.batchSummary.lines == 5)
        #expect(try place.batchSummary.unanswered == 18)
        #expect(place.isSettled)
    }

    @Test("a group that ended the process counts against itself, not against the one before")
    func strikes() throws {
        let place = try Place { plan in plan.groupRequests = 3 }
        for item in try Campaign(World.forge, count: 6).items { try place.drop(item) }
        // Two groups were taken when the process ended; the second had ended one before.
        var lock: DatabaseQueue? = try place.lockLedger()
        #expect(throws: PipelineError.self) { try place.pass() }
        lock = nil
        #expect(lock == nil)
        let groups = place.folder.everything("spool/active").filter { !$0.contains("/") }
        try #require(groups.count == 2)
        try place.folder.write([], to: "spool/active/\(groups[1])/.strike-1")
        try place.reopen()
        try place.pass()
        let archived = place.folder.everything("spool/archive/\(World.day)").filter { !$0.contains("/") }
        #expect(archived.filter { $0.contains(".part-") }.count == 3)
        #expect(archived.contains(groups[0]) && !archived.contains(groups[1]))
        #expect(place.lying(in: .failed).isEmpty)
        #expect(try place.clients.count == 6)
        #expect(place.isSettled)
    }

    private func dropped(_ form: String) throws -> Place {
        let place = try Place { plan in plan.groupRequests = 5 }
        try drop(form, into: place)
        return place
    }

    private func drop(_ form: String, into place: Place) throws {
        let campaign = try Campaign(World.forge, count: 23)
        if form == "lines" {
            try place.drop("b.ndjson", campaign.bulk)
        } else {
            for item in campaign.items { try place.drop(item) }
        }
    }

    private func finished(_ place: Place, _ form: String) throws {
        #expect(try place.clients.count == 23)
        #expect(place.names.count == (form == "lines" ? 2 : 23))
        #expect(place.isSettled)
        #expect(try place.unfaithfulResults == [])
    }
}
