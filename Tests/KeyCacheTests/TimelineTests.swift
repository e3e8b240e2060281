import Crypto
import Encoding
import JOSE
import Testing

@testable import KeyCache

/// Random lives of 2,000 sources beside an oracle that knows only: a good set counts, an empty one waits, the rest is noise.
@Suite("A key once usable is never lost by a failed fetch")
struct TimelineTests {
    /// What the oracle believes of one source.
    struct Oracle {
        var current: Set<Character> = []
        var retired: [Character: (lastSeen: UnixTime, graceUntil: UnixTime)] = [:]
        var lastSuccess: UnixTime = 0

        mutating func good(_ letters: String, at time: UnixTime) {
            let next = Set(letters)
            for letter in current.subtracting(next) { retired[letter] = (lastSuccess, time + 900) }
            for letter in next { retired[letter] = nil }
            current = next
            lastSuccess = time
        }
    }

    static let noise: [[UInt8]] = [
        Body.text("<html>"), Body.text("{}"), Body.text("[]"), Body.text(#"{"keys":null}"#), [],
        Body.set([#"{"kty":"AKP","kid":"A"}"#]), Array(Body.keys("ABCD").dropLast(9)), Body.keys(""),
    ]

    @Test("2,000 random timelines agree with the oracle")
    func timelines() throws {
        var random = Lehmer(seed: 20_261_122)
        let cache = try TemporaryStore()
        let urls = (0..<2000).map { "https://k/\($0).jwks" }
        try cache.store.upsert(
            urls.map { SourceSeed(url: $0, class: .software, organisationID: $0, origin: .statement) },
            at: World.start
        )
        let sources = try cache.store.allSources()
        var oracles = [Oracle](repeating: Oracle(), count: sources.count)
        var snapshot = try cache.snapshot()
        for step in 0..<6 {
            let time = World.start + Int64(step) * 400
            for (at, source) in sources.enumerated() {
                try live(source, &oracles[at], at: time, isFirst: step == 0, cache, &random)
            }
            snapshot = try Snapshot.load(cache.store, anchors: World.anchors, reusing: snapshot, at: time)
            for (at, source) in sources.enumerated() { try check(source, oracles[at], snapshot, at: time) }
        }
        #expect(try cache.store.firstBrokenEvent() == nil)
    }

    /// One attempt at one source.
    private func live(
        _ source: Source,
        _ oracle: inout Oracle,
        at time: UnixTime,
        isFirst: Bool,
        _ cache: TemporaryStore,
        _ random: inout Lehmer
    ) throws {
        switch isFirst ? 0 : Int.random(in: 0..<6, using: &random) {
        case 0, 1:
            let letters = "ABCDE".filter { _ in Bool.random(using: &random) }
            let body = letters.isEmpty ? "A" : letters
            try cache.accept(Body.keys(body), for: source, at: time)
            oracle.good(body, at: time)
        case 2:
            _ = try cache.store.notModified(source, at: time)
            oracle.lastSuccess = time
        case 3, 4:
            try cache.accept(Self.noise.randomElement(using: &random) ?? [], for: source, at: time)
        default:
            try cache.store.failed(source, error: "timeout", at: time)
        }
    }

    private func check(_ source: Source, _ oracle: Oracle, _ snapshot: Snapshot, at now: UnixTime) throws {
        let set = try #require(snapshot.keySet(source.url))
        for letter in "ABCDE" {
            let key = set.candidates(kid: ByteSlice(String(letter))).first
            let standing = key.map { snapshot.standing(of: $0, in: set, signedAt: now, now: now) }
            let early = key.map { snapshot.standing(of: $0, in: set, signedAt: World.start, now: now) }
            var expected: (now: Standing?, early: Standing?) = (nil, nil)
            if oracle.current.contains(letter) {
                expected = (.usable, .usable)
            } else if let retired = oracle.retired[letter] {
                let over = Standing.retired(lastSeen: retired.lastSeen)
                let inTime = now <= retired.graceUntil
                expected = (inTime && now <= retired.lastSeen + 60 ? .usable : over, inTime ? .usable : over)
            }
            if (standing, early) != expected {
                Issue.record(
                    "\(source.url) \(letter) at \(now - World.start): \(String(describing: (standing, early))), not \(String(describing: expected))"
                )
            }
        }
    }
}
