import Crypto
import Encoding
import JOSE
import Testing

@testable import KeyCache

@Suite("What becomes of a body")
struct AcceptTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let name: String
        var sourceClass = SourceClass.software
        var before = Body.keys("AB")
        let body: [UInt8]
        let outcome: Outcome
        /// Whether A may judge what is signed now.
        var keepsA = true
        var testDescription: String { name }
    }

    /// An outcome by its kind.
    enum Outcome: Sendable, Equatable {
        case updated(Int, Int, Int), unchanged, held(HoldRule), refused(String)

        init(_ outcome: AcceptOutcome) {
            switch outcome {
            case .updated(let added, let removed, let revoked): self = .updated(added, removed, revoked)
            case .unchanged: self = .unchanged
            case .held(_, let rule): self = .held(rule)
            case .refused(let refusal): self = .refused(refusal.code)
            }
        }
    }

    @Test(
        "after {A, B}",
        arguments: [
            Row(name: "the same bytes", body: Body.keys("AB"), outcome: .unchanged),
            Row(name: "the same keys in other words", body: Body.keys("BA"), outcome: .updated(0, 0, 0)),
            Row(name: "one more", body: Body.keys("ABC"), outcome: .updated(1, 0, 0)),
            Row(name: "one less", body: Body.keys("A"), outcome: .updated(0, 1, 0)),
            Row(name: "one for another", body: Body.keys("AC"), outcome: .updated(1, 1, 0)),
            Row(name: "all others, participant: removals wait", body: Body.keys("CD"), outcome: .held(.replacement)),
            Row(
                name: "all others, directory: additions wait too",
                sourceClass: .directory,
                body: Body.keys("CD"),
                outcome: .held(.replacement)
            ),
            Row(
                name: "one for another, directory",
                sourceClass: .directory,
                body: Body.keys("AC"),
                outcome: .updated(1, 1, 0)
            ),
            Row(name: "empty", body: Body.keys(""), outcome: .held(.empty)),
            Row(name: "empty, organisation", sourceClass: .organisation, body: Body.keys(""), outcome: .held(.empty)),
            Row(name: "empty, directory", sourceClass: .directory, body: Body.keys(""), outcome: .held(.empty)),
            Row(
                name: "B's kid for another key, participant",
                body: Body.set([Body.key("A"), Body.key("C", kid: "B")]),
                outcome: .updated(1, 1, 0)
            ),
            Row(
                name: "B's kid for another key, directory",
                sourceClass: .directory,
                body: Body.set([Body.key("A"), Body.key("C", kid: "B")]),
                outcome: .held(.rebound)
            ),
            Row(name: "not JSON", body: Body.text("<html>"), outcome: .refused("jwks.json")),
            Row(name: "an array", body: Body.text("[]"), outcome: .refused("jwks.not_object")),
            Row(name: "no keys member", body: Body.text("{}"), outcome: .refused("jwks.no_keys")),
            Row(name: "no bytes", body: [], outcome: .refused("jwks.json")),
            Row(
                name: "no usable key",
                body: Body.set([#"{"kty":"AKP","kid":"Z"}"#]),
                outcome: .held(.empty)
            ),
            Row(
                name: "B faulty: it stays",
                body: Body.set([Body.key("A"), #"{"kty":"EC","kid":"B"}"#]),
                outcome: .updated(0, 0, 0)
            ),
            Row(
                name: "A's private number published: quarantined",
                body: Body.set([Body.leaked("A"), Body.key("B")]),
                outcome: .updated(0, 0, 0),
                keepsA: false
            ),
            Row(name: "first body ever", before: [], body: Body.keys("A"), outcome: .updated(1, 0, 0)),
        ]
    )
    func outcome(_ row: Row) throws {
        let cache = try TemporaryStore()
        let source = try cache.source(row.sourceClass)
        if !row.before.isEmpty { try cache.accept(row.before, for: source) }
        let later = World.start + World.hour
        #expect(Outcome(try cache.accept(row.body, for: source, at: later)) == row.outcome)
        #expect((try cache.standing("A", in: source, now: later) == .usable) == row.keepsA)
        #expect(try cache.store.firstBrokenEvent() == nil)
    }

    @Test("an empty first body is taken: there is nothing to lose")
    func emptyFirst() throws {
        let cache = try TemporaryStore()
        let source = try cache.source(.directory)
        #expect(try cache.accept(Body.keys(""), for: source) == .updated(added: 0, removed: 0, revoked: 0))
        #expect(try cache.snapshot().keySet(source.url)?.keys.isEmpty == true)
    }

    @Test("success writes the books")
    func successBooks() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        try cache.store.failed(source, error: "timeout", at: World.start - 60)
        let validators = Validators(etag: "\"a\"", lastModified: "Sun", hints: FreshnessHints(maximumAge: 600))
        try cache.accept(Body.keys("A"), for: source, validators: validators)
        let after = try cache.current(source.url)
        #expect(after.etag == "\"a\"")
        #expect(after.lastModified == "Sun")
        #expect(after.lastAttempt == World.start)
        #expect(after.lastSuccess == World.start)
        #expect(after.lastChange == World.start)
        #expect(after.freshUntil == World.start + World.hour)
        #expect(after.usableUntil == World.start + World.day)
        #expect(after.nextDue == World.start + 315)
        #expect(after.failureCount == 0)
        #expect(after.lastError == nil)
        #expect(after.reach == 0b01)
    }

    @Test("failure keeps everything but the attempt")
    func failureBooks() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        try cache.accept(Body.keys("A"), for: source, validators: Validators(etag: "\"a\""))
        let good = try cache.current(source.url)
        let later = World.start + World.hour
        try cache.store.failed(good, error: "timeout", at: later, retryAfter: 120, jitter: 1)
        try cache.store.failed(good, error: "tls", at: later + 120, jitter: 1)
        let after = try cache.current(source.url)
        #expect(after.etag == good.etag)
        #expect(after.lastSuccess == good.lastSuccess)
        #expect(after.usableUntil == good.usableUntil)
        #expect(after.lastError == "tls")
        #expect(after.failureCount == 2)
        #expect(after.lastAttempt == later + 120)
        #expect(after.nextDue == later + 120 + 30)
        #expect(after.reach == 0b100)
    }

    @Test("reach remembers eight attempts")
    func reach() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        for step in 0..<9 { try cache.accept(Body.keys("A"), for: source, at: World.start + Int64(step)) }
        #expect(try cache.current(source.url).reach == 0o377)
        try cache.store.failed(source, error: "timeout", at: World.start + 100)
        #expect(try cache.current(source.url).reach == 0o376)
    }

    @Test("a refused body counts as a failure with the reason's code")
    func refusalBooks() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        try cache.accept(Body.text("<html>"), for: source)
        let after = try cache.current(source.url)
        #expect(after.failureCount == 1)
        #expect(after.lastError == "jwks.json")
        #expect(after.lastSuccess == nil)
    }

    @Test("304 extends what is there and keeps validators that were not sent again (C19)")
    func notModified() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        try cache.accept(Body.keys("A"), for: source, validators: Validators(etag: "\"a\"", lastModified: "Sun"))
        let generation = try cache.snapshot().generation
        let later = World.start + World.hour
        let outcome = try cache.store.notModified(source, validators: Validators(etag: "\"b\""), at: later)
        let after = try cache.current(source.url)
        #expect(outcome == .unchanged)
        #expect(after.etag == "\"b\"")
        #expect(after.lastModified == "Sun")
        #expect(after.lastSuccess == later)
        #expect(after.lastChange == World.start)
        #expect(try cache.snapshot(at: later).generation == generation)
        #expect(try cache.snapshot(at: later).keySet(source.url)?.fetchedAt == later)
    }

    @Test("304 without a body is a failure, and the next fetch asks for a body")
    func notModifiedWithoutBody() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        guard case .refused(let refusal) = try cache.store.notModified(source, at: World.start) else {
            Issue.record("a 304 was taken for a body")
            return
        }
        #expect(refusal.code == "not_modified_without_body")
        #expect(try cache.current(source.url).etag == nil)
    }

    @Test("an unknown source is an error of ours")
    func unknownSource() throws {
        let (one, other) = (try TemporaryStore(), try TemporaryStore())
        let source = try one.source()
        #expect(throws: KeyStoreError.unknownSource(source.id)) { try other.accept(Body.keys("A"), for: source) }
    }

    @Test("a published secret is an event")
    func secret() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        try cache.accept(Body.set([Body.key("A"), #"{"kty":"oct","k":"AAAA","kid":"S"}"#]), for: source)
        #expect(try cache.events().contains("key.secret_published"))
    }

    @Test("the text of an event is safe and tells kid and identity")
    func eventData() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        try cache.accept(Body.set([Body.key("A", kid: #"a\n\"b"#)]), for: source)
        let event = try cache.store.events(limit: 10).first { $0.kind == "key.added" }
        #expect(event?.data == #"{"kid":"a\n\"b","spki_sha256":"\#(World.spki("A").hex)"}"#)
    }
}
