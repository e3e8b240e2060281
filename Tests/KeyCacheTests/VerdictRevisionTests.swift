import Crypto
import Encoding
import JOSE
import PKIX
import Testing

@testable import KeyCache

/// Certificates as snapshots hold them: decoded when asked for, and never older than what is known of them.
@Suite("Certificates of a snapshot")
struct VerdictRevisionTests {
    let later = World.start + World.hour
    /// Knows the root alone: an issuing authority has to come along.
    let anchors = World.sure { try TrustAnchors.load([World.root]) }
    let leaf = World.certificate("A")

    private func body(_ chain: [[UInt8]]) -> [UInt8] {
        let texts = chain.map { "\"\(Base64.encode($0))\"" }.joined(separator: ",")
        return Body.set([Body.key("A", use: "tls", extra: ",\"x5c\":[\(texts)]")])
    }

    @Test(
        "an issuer that comes along later turns the verdict, in a running process too",
        arguments: [[SourceClass.software], [.software, .organisation], [.organisation, .software]]
    )
    func issuer(_ classes: [SourceClass]) throws {
        let cache = try TemporaryStore()
        let sources = try classes.map { try cache.source($0) }
        for source in sources { try cache.accept(body([leaf]), for: source, anchors: anchors) }
        let first = try cache.snapshot(anchors: anchors)
        #expect(first.certificate(.of(leaf))?.chainRecord.isTrusted == false)
        try cache.accept(body([leaf, World.issuer]), for: sources[0], at: later, anchors: anchors)
        let second = try Snapshot.load(cache.store, anchors: anchors, reusing: first, at: later)
        #expect(second.certificate(.of(leaf))?.chainRecord.isTrusted == true)
        #expect(second.generation > first.generation)
        // And nothing takes it back: a body without the issuer finds the certificate trusted already.
        try cache.accept(body([leaf]), for: sources[0], at: later + 900, anchors: anchors)
        let third = try Snapshot.load(cache.store, anchors: anchors, reusing: second, at: later + 900)
        #expect(third.certificate(.of(leaf))?.chainRecord.isTrusted == true)
    }

    @Test("a body whose certificates are judged as before changes no generation")
    func same() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        try cache.accept(body([leaf]), for: source, anchors: anchors)
        let first = try cache.snapshot(anchors: anchors)
        try cache.accept(body([leaf]) + [0x0A], for: source, at: later, anchors: anchors)
        #expect(try cache.snapshot(at: later, anchors: anchors).generation == first.generation)
    }

    @Test("a certificate is made once, and stays from snapshot to snapshot while lists say the same of it")
    func once() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        try cache.accept(body([leaf]), for: source)
        let first = try cache.snapshot()
        let made = try #require(first.certificate(.of(leaf)))
        #expect(first.certificate(.of(leaf)) === made)
        try cache.accept(Body.keys("B"), for: try cache.source(.organisation), at: later)
        let second = try Snapshot.load(cache.store, anchors: World.anchors, reusing: first, at: later)
        #expect(second.certificate(.of(leaf)) === made)
        let list = World.list(revoked: [0x51])
        try cache.accept(list, for: try cache.source(.crl), at: later)
        let third = try Snapshot.load(cache.store, anchors: World.anchors, reusing: second, at: later)
        guard case .revoked = third.certificate(.of(leaf))?.revocation else {
            Issue.record("not revoked: \(String(describing: third.certificate(.of(leaf))?.revocation))")
            return
        }
        // Who holds the earlier snapshot sees no change half-way.
        #expect(second.certificate(.of(leaf)) === made)
    }

    @Test("what other anchors judged is judged by ours before a request asks")
    func otherAnchors() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        try cache.accept(body([leaf]), for: source, anchors: World.otherAnchors)
        #expect(try cache.snapshot().certificate(.of(leaf))?.chainRecord.isTrusted == true)
        let other = try cache.snapshot(anchors: World.otherAnchors)
        #expect(other.certificate(.of(leaf))?.chainRecord.isTrusted == false)
    }
}
