import Crypto
import Encoding
import Foundation
import GRDB
import Ledger
import OpenBanking
import Testing

/// What the ledger must know, in plain dictionaries.
private struct Model {
    var results: [String: Outcome] = [:]
    var waiting: Set<String> = []
    var jtis: [String: String] = [:]
    var clients: [String: Bool] = [:]
    var statements: [String: UnixTime] = [:]
}

@Suite("Ledger: keys, sealed and recent")
struct KeyModelTests {
    typealias Fixture = TemporaryLedger

    /// So few that a hundred requests fill several levels, and a merge takes several groups.
    static func options(
        recent: Int = 5,
        fan: Int = 2,
        pace: Int = 2,
        block: Int = 3,
        sealing: Int = 65_536
    ) -> LedgerOptions {
        var options = LedgerOptions()
        options.keys.recent = recent
        options.keys.fan = fan
        options.keys.pace = pace
        options.keys.block = block
        options.keys.sealing = sealing
        options.keys.software = 7
        return options
    }

    private static func statement(_ name: String) -> SHA256Digest {
        RequestEntry.jtiKey(issuer: ByteSlice("directory"), jti: ByteSlice(name))
    }

    @Test("a long run of chance agrees with plain dictionaries", arguments: [1, 2, 3, 4, 5, 6])
    func random(_ seed: UInt64) throws {
        var chance = Lehmer(seed: seed)
        let fixture = try Fixture()
        let options = Self.options(
            fan: Int.random(in: 2...4, using: &chance),
            pace: Int.random(in: 1...4, using: &chance),
            sealing: seed.isMultiple(of: 2) ? 4 : 65_536
        )
        var ledger = try fixture.open(options)
        var model = Model()
        var states: Set<Int> = []
        for round in 0..<120 {
            var next = model
            let isKept = Int.random(in: 0..<8, using: &chance) > 0
            do {
                try ledger.group(at: Fixture.now + Int64(round)) { group throws(LedgerError) in
                    for _ in 0..<Int.random(in: 1...12, using: &chance) {
                        try Self.step(group, &next, at: Fixture.now + Int64(round), &chance)
                    }
                    if !isKept { throw .abandoned("by chance") }
                }
                model = next
            } catch LedgerError.abandoned {}
            if Int.random(in: 0..<10, using: &chance) == 0 { ledger = try fixture.open(options) }
            for state in 0...2 where try fixture.number("SELECT count(*) FROM key_run WHERE state = \(state)") > 0 {
                states.insert(state)
            }
            if round.isMultiple(of: 15) { try Self.compare(ledger, model) }
        }
        #expect(states == [0, 1, 2], "a merge was seen while it was underway, and spent runs behind it")
        try Self.compare(ledger, model)
        try Self.compare(Ledger.openReadOnly(fixture.path), model)
        #expect(try fixture.number("SELECT count(DISTINCT level) FROM key_run") > 2)
    }

    private static func step(
        _ group: LedgerGroup,
        _ model: inout Model,
        at now: UnixTime,
        _ chance: inout Lehmer
    ) throws(LedgerError) {
        let name = "r\(Int.random(in: 0..<400, using: &chance))"
        let jti = Int.random(in: 0..<4, using: &chance) == 0 ? nil : "j\(Int.random(in: 0..<400, using: &chance))"
        let isRetry = model.waiting.contains(name) && Bool.random(using: &chance)
        let outcome = [Outcome.accepted, .rejected, .deferred].randomElement(using: &chance) ?? .accepted
        var request = Fixture.request(name, jti: jti, isRetry: isRetry)
        if Bool.random(using: &chance) { request.foreseen = .init(outcome: outcome, clientID: nil) }
        if outcome == .deferred { request.foreseen = nil }
        let known = model.results[name]
        let mayReopen = known == .deferred && (isRetry || !model.waiting.contains(name))
        let twin = jti.flatMap { model.jtis[$0] }
        switch try group.enter(request) {
        case .new(let number):
            guard known == nil || mayReopen, twin == nil else { throw .misuse("\(name) \(jti ?? "-") was known") }
            try group.finish(number, outcome)
            model.results[name] = outcome
            if outcome == .deferred {
                // Some wait; some were given up, and come again as if new.
                if Bool.random(using: &chance) {
                    try group.deferred.put(DeferredTests.entry(name, due: 1))
                    model.waiting.insert(name)
                } else {
                    try group.deferred.remove(request.requestSHA256)
                    model.waiting.remove(name)
                }
            } else if let jti {
                model.jtis[jti] = name
            }
            if outcome == .accepted { try issue("c\(number)", group, &model, &chance) }
        case .duplicate(let prior):
            let bytes = known != nil && !mayReopen
            guard bytes || twin != nil else { throw .misuse("\(name) was not known") }
            let first = bytes ? name : twin ?? ""
            guard prior.resultName == "\(first).json", prior.outcome == model.results[first] else {
                throw .misuse("\(name) is a duplicate of \(prior), not of \(first)")
            }
        }
        let seen = "s\(Int.random(in: 0..<300, using: &chance))"
        guard try group.statements.note(statement(seen), at: now) == model.statements[seen] else {
            throw .misuse("\(seen) was first seen at another time")
        }
        if model.statements[seen] == nil { model.statements[seen] = now }
    }

    private static func issue(
        _ id: String,
        _ group: LedgerGroup,
        _ model: inout Model,
        _ chance: inout Lehmer
    ) throws(LedgerError) {
        if model.clients[id] == nil {
            try group.clients.issue(Fixture.client(id, software: "software\(id.utf8.count % 3)"))
            model.clients[id] = true
        } else {
            do throws(LedgerError) {
                try group.clients.issue(Fixture.client(id))
                throw .misuse("\(id) was issued twice")
            } catch .constraint {}
        }
        guard let other = model.clients.keys.sorted().randomElement(using: &chance), model.clients[other] == true,
            Int.random(in: 0..<5, using: &chance) == 0
        else { return }
        try group.clients.tombstone(other, at: Fixture.now)
        model.clients[other] = false
    }

    private static func compare(_ ledger: Ledger, _ model: Model) throws {
        try ledger.read(at: Fixture.now) { group throws(LedgerError) in
            for number in 0..<400 {
                let (name, jti) = ("r\(number)", "j\(number)")
                #expect(try group.requests.find(.of(name))?.outcome == model.results[name], "\(name)")
                let prefix = Array(SHA256Digest.of(name).bytes.prefix(8))
                #expect(try group.requests.find(prefix: prefix).count == (model.results[name] == nil ? 0 : 1))
                let key = RequestEntry.jtiKey(issuer: ByteSlice("software1"), jti: ByteSlice(jti))
                let twin = try group.requests.find(jtiKey: key)?.resultName
                #expect(twin == model.jtis[jti].map { "\($0).json" }, "\(jti)")
                let (id, seen) = ("c\(number)", "s\(number)")
                #expect(try group.clients.find(id).map { !$0.isDeleted } == model.clients[id], "\(id)")
                #expect(try group.statements.firstSeen(statement(seen)) == model.statements[seen], "\(seen)")
            }
            for software in 0..<3 {
                let living = model.clients.filter { $0.value && $0.key.utf8.count % 3 == software }.keys.sorted()
                let name = "software\(software)"
                let found = try group.clients.active(softwareID: name, environment: .sandbox).map(\.clientID)
                #expect(found.sorted() == living)
                #expect(try group.clients.countActive(softwareID: name, environment: .sandbox) == living.count)
            }
            for first in UInt8.min...255 {
                let expected = model.results.keys.map { SHA256Digest.of($0) }
                    .filter { $0.bytes[0] == first }.map(\.hex).sorted()
                let found = try group.requests.find(prefix: [first], limit: 3).map(\.digest.hex)
                #expect(found == Array(expected.prefix(3)))
            }
        }
    }
}
