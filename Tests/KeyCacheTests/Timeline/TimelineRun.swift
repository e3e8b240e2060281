import Encoding
import JOSE
import PKIX

@testable import KeyCache

/// A timeline lived through in a store of its own.
struct TimelineRun {
    static let letters: [Character] = Array("ABCDE")

    let timeline: Timeline
    let cache: TemporaryStore
    let source: Source
    /// The generation after each step.
    private(set) var generations: [Int] = []
    /// The snapshot after each step, as it was then.
    private var moments: [(state: CacheState, builtAt: UnixTime, portrait: [String])] = []
    private(set) var questions = 0

    private let host: String
    private var revoked: Source?
    private var random: Lehmer

    init(_ timeline: Timeline) throws {
        self.timeline = timeline
        random = timeline.random
        host = "https://h\(timeline.number).example"
        cache = try TemporaryStore()
        source = try cache.source(url: "\(host)/a.jwks", organisation: "o", software: "s")
        for (time, step) in timeline.dated {
            try act(step, at: time)
            let snapshot = try cache.snapshot(at: time)
            generations.append(snapshot.generation)
            moments.append((snapshot.state, snapshot.builtAt, Portrait.of(snapshot, at: snapshot.builtAt)))
        }
    }

    /// Where the store and the oracle differ, in words; asks anew each time.
    mutating func differences() throws -> [String] {
        let log = timeline.dated
        var differences = try ask(TimelineOracle(log[...]))
        let cut = Int.random(in: 0..<log.count, using: &random)
        differences += try askAsOf(TimelineOracle(log[...cut]), generations[cut])
        let (state, time, portrait) = moments[cut]
        let told = try Snapshot.load(cache.store, anchors: World.anchors, in: state, at: time)
        questions += 1
        if Portrait.of(told, at: time) != portrait { differences.append("state \(cut) is told otherwise than it was") }
        if try cache.store.firstBrokenEvent() != nil { differences.append("the chain of events is broken") }
        return differences.map { "timeline \(timeline.number): \($0); log \(timeline.log)" }
    }

    private mutating func act(_ step: TimelineStep, at time: UnixTime) throws {
        switch step {
        case .set(let letters): try cache.accept(Body.keys(letters), for: source, at: time)
        case .empty: try cache.accept(Body.keys(""), for: source, at: time)
        case .notModified: _ = try cache.store.notModified(source, at: time)
        case .failure: try cache.store.failed(source, error: "timeout", at: time)
        case .revokedSet(let letter):
            let known =
                try revoked
                ?? cache.source(.softwareRevoked, url: "\(host)/r.jwks", organisation: "o", software: "s")
            revoked = known
            try cache.accept(Body.keys(String(letter)), for: known, at: time)
        case .revoke(let letter, let reason):
            let order = RevocationOrder(.key(World.spki(letter)), reason: reason, World.word)
            try cache.store.revoke(order, at: time)
        case .accept:
            guard let hold = try cache.store.holds().first else { return }
            _ = try cache.store.acceptHold(hold.id, World.word, at: time, anchors: World.anchors)
        case .reject:
            guard let hold = try cache.store.holds().first else { return }
            try cache.store.rejectHold(hold.id, World.word, at: time)
        case .sweep: try cache.store.sweep(at: time)
        }
    }

    private mutating func ask(_ oracle: TimelineOracle) throws -> [String] {
        var differences: [String] = []
        let begin = World.start
        let now = max(begin + timeline.end, try cache.store.timeFloor()) + 1
        let (history, early) = (cache.store.history(), try cache.snapshot(at: now))
        var query = KeyQuery()
        query.source = source.url
        let records = try cache.store.keys(query)
        for letter in Self.letters {
            for round in 0..<3 {
                questions += 3
                let signed = Int64.random(in: begin - 3600...now + 120, using: &random)
                let asked = Bool.random(using: &random) ? now : now + Int64.random(in: 0...200_000, using: &random)
                // A snapshot that was taken some time ago says the same as one taken when it is asked.
                let snapshot = round == 0 ? try cache.snapshot(at: asked) : early
                let standing = standing(letter, snapshot, signedAt: signed, now: asked)
                let ordinary = oracle.ordinary(letter, signedAt: signed, now: asked)
                if standing.map({ $0 == .usable }) != ordinary {
                    differences.append(
                        "ordinary \(letter) \(signed - begin) at \(asked - begin): \(Self.text(standing)), not \(Self.text(ordinary))"
                    )
                }
                let evidence =
                    Int.random(in: 0..<4, using: &random) == 0
                    ? nil : Int64.random(in: begin - 3600...now, using: &random)
                let key = try history.keys(url: ByteSlice(source.url), kid: ByteSlice(String(letter))).first
                let verdict = key?.migrationVerdict(signedAt: signed, evidenceTime: evidence, now: asked)
                let migration = oracle.migration(letter, signedAt: signed, evidence: evidence, now: asked)
                if verdict.flatMap(Self.answer) != migration {
                    differences.append(
                        "migration \(letter) \(signed - begin), \(Self.text(evidence.map { $0 - begin })), at \(asked - begin): \(Self.text(verdict)), not \(Self.text(migration))"
                    )
                }
                let record = records.first { $0.key.spkiSHA256 == World.spki(letter) }
                let isListed = record?.key.validity(at: signed) == .valid
                if isListed != oracle.isListed(letter, at: signed) {
                    differences.append("at \(letter) \(signed - begin): \(isListed)")
                }
            }
        }
        return differences
    }

    private func standing(_ letter: Character, _ snapshot: Snapshot, signedAt: UnixTime, now: UnixTime) -> Standing? {
        guard let set = snapshot.keySet(source.url),
            let key = set.candidates(kid: ByteSlice(String(letter))).first
        else { return nil }
        return snapshot.standing(of: key, in: set, signedAt: signedAt, now: now)
    }

    /// What was known in an earlier generation is what the oracle makes of the log until then.
    private mutating func askAsOf(_ oracle: TimelineOracle, _ generation: Int) throws -> [String] {
        var query = KeyQuery()
        query.source = source.url
        let records = try cache.store.keys(query, asOf: .generation(generation))
        questions += Self.letters.count
        return Self.letters.compactMap { letter in
            let record = records.first { $0.key.spkiSHA256 == World.spki(letter) }
            let known = record.map { $0.key.state(at: oracle.now) }
            var expected = oracle.keys[letter]?.state ?? .absent
            if expected == .retired, (oracle.keys[letter]?.graceUntil ?? 0) < oracle.now { expected = .archived }
            let name = expected == .absent ? nil : "\(expected)"
            return known?.rawValue == name ? nil : "as of \(letter): \(known?.rawValue ?? "-"), not \(name ?? "-")"
        }
    }

    private static func answer(_ verdict: MigrationVerdict) -> Bool? {
        switch verdict {
        case .accepted, .acceptedWithFlag: true
        case .refused: false
        case .parked, .unknown: nil
        }
    }

    private static func text<V>(_ value: V?) -> String { value.map { "\($0)" } ?? "-" }
}
