import Crypto
import Encoding
import Foundation
import JOSE
import Testing

@testable import KeyCache

/// Random lives of participants' sets beside an oracle that recomputes everything from the raw log.
///
/// `COUNTERFOIL_TIMELINES` says how many; each is repeated by its number.
@Suite("Random lives of keys agree with an oracle")
struct TimelineTests {
    static let count = ProcessInfo.processInfo.environment["COUNTERFOIL_TIMELINES"].flatMap(Int.init) ?? 500
    static let letters: [Character] = Array("ABCDE")

    @Test("ordinary, migration, at and as of: no difference")
    func agree() throws {
        var differences: [String] = []
        for number in 0..<Self.count where differences.count <= 20 {
            let cache = try TemporaryStore()
            differences += try live(number, cache)
            #expect(try cache.store.firstBrokenEvent() == nil)
        }
        #expect(differences.isEmpty, "\(differences.prefix(20).joined(separator: "\n"))")
    }

    /// One life, from its first body to the questions at its end.
    private func live(_ number: Int, _ cache: TemporaryStore) throws -> [String] {
        var random = Lehmer(seed: UInt64(number) &+ 20_261_122)
        let host = "https://h\(number).example"
        let source = try cache.source(url: "\(host)/a.jwks", organisation: "o\(number)", software: "s\(number)")
        var log: [(time: Int64, step: TimelineStep)] = []
        var generations: [Int] = []
        var clock = World.start
        let begin = clock
        var revoked: Source?
        for _ in 0..<Int.random(in: 4...14, using: &random) {
            let step = log.isEmpty ? TimelineStep.set("AB") : .random(&random)
            try act(step, source, &revoked, number, cache, at: clock)
            log.append((clock, step))
            generations.append(try cache.snapshotGeneration())
            clock += [60, 300, 600, 901, 3600, 50_000, -200].randomElement(using: &random) ?? 60
        }
        let now = max(clock, try cache.store.timeFloor()) + 1
        var differences = try ask(number, TimelineOracle(log[...]), source, begin, now, cache, &random)
        let cut = Int.random(in: 0..<log.count, using: &random)
        differences += try askAsOf(number, TimelineOracle(log[...cut]), source, generations[cut], cache)
        return differences.map { "timeline \(number): \($0); log \(log.map { ($0.time - begin, $0.step) })" }
    }

    private func act(
        _ step: TimelineStep,
        _ source: Source,
        _ revoked: inout Source?,
        _ number: Int,
        _ cache: TemporaryStore,
        at time: UnixTime
    ) throws {
        switch step {
        case .set(let letters): try cache.accept(Body.keys(letters), for: source, at: time)
        case .empty: try cache.accept(Body.keys(""), for: source, at: time)
        case .notModified: _ = try cache.store.notModified(source, at: time)
        case .failure: try cache.store.failed(source, error: "timeout", at: time)
        case .revokedSet(let letter):
            let known =
                try revoked
                ?? cache.source(
                    .softwareRevoked,
                    url: "https://h\(number).example/r.jwks",
                    organisation: "o\(number)",
                    software: "s\(number)"
                )
            revoked = known
            try cache.accept(Body.keys(String(letter)), for: known, at: time)
        case .revoke(let letter, let reason):
            let order = RevocationOrder(.key(World.spki(letter)), reason: reason, World.word)
            try cache.store.revoke(order, at: time)
        case .accept:
            guard let hold = try cache.store.holds().first(where: { $0.sourceID == source.id }) else { return }
            _ = try cache.store.acceptHold(hold.id, World.word, at: time, anchors: World.anchors)
        case .reject:
            guard let hold = try cache.store.holds().first(where: { $0.sourceID == source.id }) else { return }
            try cache.store.rejectHold(hold.id, World.word, at: time)
        case .sweep: try cache.store.sweep(at: time)
        }
    }

    private func ask(
        _ number: Int,
        _ oracle: TimelineOracle,
        _ source: Source,
        _ begin: UnixTime,
        _ now: UnixTime,
        _ cache: TemporaryStore,
        _ random: inout Lehmer
    ) throws -> [String] {
        var differences: [String] = []
        let history = cache.store.history()
        let records = try cache.store.keys(KeyQuery(source: source.url))
        for letter in Self.letters {
            for _ in 0..<3 {
                let signed = Int64.random(in: begin - 3600...now + 120, using: &random)
                let asked = Bool.random(using: &random) ? now : now + Int64.random(in: 0...200_000, using: &random)
                let standing = try cache.standing(String(letter), in: source, signedAt: signed, now: asked)
                let ordinary = standing.map { $0 == .usable }
                let expected = oracle.ordinary(letter, signedAt: signed, now: asked)
                if ordinary != expected {
                    differences.append(
                        "ordinary \(letter) \(signed - begin) at \(asked - begin): \(String(describing: standing)), not \(String(describing: expected))"
                    )
                }
                let evidence =
                    Int.random(in: 0..<4, using: &random) == 0
                    ? nil : Int64.random(in: begin - 3600...now, using: &random)
                let key = try history.keys(url: ByteSlice(source.url), kid: ByteSlice(String(letter))).first
                let verdict = key.map { $0.migrationVerdict(signedAt: signed, evidenceTime: evidence, now: asked) }
                let migration = oracle.migration(letter, signedAt: signed, evidence: evidence, now: asked)
                if verdict.flatMap(Self.answer) != migration {
                    differences.append(
                        "migration \(letter) \(signed - begin), \(evidence.map { $0 - begin } ?? -1), at \(asked - begin): \(String(describing: verdict)), not \(String(describing: migration))"
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

    /// What was known in an earlier generation is what the oracle makes of the log until then.
    private func askAsOf(
        _ number: Int,
        _ oracle: TimelineOracle,
        _ source: Source,
        _ generation: Int,
        _ cache: TemporaryStore
    ) throws -> [String] {
        let records = try cache.store.keys(KeyQuery(source: source.url), asOf: .generation(generation))
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
}

extension TemporaryStore {
    fileprivate func snapshotGeneration() throws -> Int { try snapshot().generation }
}

extension KeyQuery {
    fileprivate init(source: String) {
        self.init()
        self.source = source
    }
}
