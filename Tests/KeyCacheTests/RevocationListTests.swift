import Crypto
import Encoding
import PKIX
import Testing

@testable import KeyCache

@Suite("Revocation lists")
struct RevocationListTests {
    let later = World.start + World.hour

    struct Row: CustomTestStringConvertible, Sendable {
        let name: String
        let body: [UInt8]
        var anchors = World.anchors
        /// The code of the refusal; nil where the list is taken.
        let refusal: String?
        var testDescription: String { name }
    }

    @Test(
        "after list 5 of the start",
        arguments: [
            Row(name: "a newer one", body: World.list(number: 6, thisUpdate: World.start + 60), refusal: nil),
            Row(
                name: "the same number, made later",
                body: World.list(number: 5, thisUpdate: World.start + 60),
                refusal: nil
            ),
            Row(
                name: "an older number",
                body: World.list(number: 4, thisUpdate: World.start + 60),
                refusal: "crl_older"
            ),
            Row(
                name: "an older thisUpdate",
                body: World.list(number: 6, thisUpdate: World.start - 60),
                refusal: "crl_older"
            ),
            Row(
                name: "another signer",
                body: World.list(number: 6, thisUpdate: World.start + 60, by: World.strangerKey),
                refusal: "crl_not_issuer"
            ),
            Row(
                name: "another issuer",
                body: World.list(number: 6, named: NameTemplate([.commonName("Nobody")])),
                refusal: "crl_not_issuer"
            ),
            Row(
                name: "no anchor for it any more",
                body: World.list(number: 6, thisUpdate: World.start + 60),
                anchors: World.otherAnchors,
                refusal: "crl_not_issuer"
            ),
            Row(
                name: "made in the future",
                body: World.list(number: 6, thisUpdate: World.start + 2 * World.hour),
                refusal: "crl_from_future"
            ),
            Row(
                name: "made within the clock skew",
                body: World.list(number: 6, thisUpdate: World.start + World.hour + 60),
                refusal: nil
            ),
            Row(
                name: "newer, but over already",
                body: World.list(number: 6, thisUpdate: World.start + 60, nextUpdate: World.start + 120),
                refusal: "crl_out_of_date"
            ),
        ]
    )
    func replaced(_ row: Row) throws {
        let cache = try TemporaryStore()
        let source = try cache.source(.crl)
        try cache.accept(World.list(number: 5, revoked: [7]), for: source)
        let outcome = try cache.accept(row.body, for: source, at: later, anchors: row.anchors)
        switch outcome {
        case .refused(let refusal): #expect(refusal.code == row.refusal)
        default: #expect(row.refusal == nil)
        }
        let status = try #require(try cache.snapshot(at: later).listStatuses.first)
        #expect(status.entries == (row.refusal == nil ? 0 : 1))
    }

    @Test("a bad signature under the right name")
    func badSignature() throws {
        let cache = try TemporaryStore()
        let source = try cache.source(.crl)
        var body = World.list()
        body[body.count - 1] ^= 1
        guard case .refused(let refusal) = try cache.accept(body, for: source) else {
            Issue.record("a list with a bad signature was taken")
            return
        }
        #expect(refusal.code == "crl_signature")
        #expect(try cache.snapshot().listStatuses.first?.state(at: World.start) == .missing)
    }

    @Test("no list at all", arguments: ["<html>", "", "-----BEGIN X509 CRL-----"])
    func garbage(_ text: String) throws {
        let cache = try TemporaryStore()
        let source = try cache.source(.crl)
        guard case .refused = try cache.accept(Body.text(text), for: source) else {
            Issue.record("garbage was taken for a list")
            return
        }
        #expect(try cache.current(source.url).failureCount == 1)
    }

    @Test("a list is usable until its next update, and no longer")
    func times() throws {
        let cache = try TemporaryStore()
        let source = try cache.source(.crl)
        let nextUpdate = World.start + 3 * World.day
        try cache.accept(World.list(nextUpdate: nextUpdate), for: source)
        let after = try cache.current(source.url)
        #expect(after.usableUntil == nextUpdate)
        #expect(after.freshUntil == World.start + 4 * World.hour)
        let status = try #require(try cache.snapshot().listStatuses.first)
        #expect(status.state(at: nextUpdate) == .good)
        #expect(status.state(at: nextUpdate + 1) == .stale)
        #expect(try cache.store.notModified(source, at: later) == .unchanged)
        #expect(try cache.current(source.url).usableUntil == nextUpdate)
    }

    @Test("the same bytes are not verified again")
    func unchanged() throws {
        let cache = try TemporaryStore()
        let source = try cache.source(.crl)
        let list = World.list()
        try cache.accept(list, for: source)
        #expect(try cache.accept(list, for: source, at: later, anchors: World.otherAnchors) == .unchanged)
    }

    @Test("a listed certificate is revoked in the snapshot, its key with it")
    func certificate() throws {
        let cache = try TemporaryStore()
        let (source, crl) = (try cache.source(), try cache.source(.crl))
        let (bad, good) = (World.certificate("A", serial: 0x51), World.certificate("B", serial: 0x52))
        try cache.accept(
            Body.set([Body.key("A", certificate: bad), Body.key("B", certificate: good)]),
            for: source
        )
        #expect(try cache.snapshot().certificate(.of(bad))?.revocation == .unknown)
        try cache.accept(World.list(revoked: [0x51]), for: crl)
        let snapshot = try cache.snapshot()
        let at = World.start - World.hour
        #expect(snapshot.certificate(.of(bad))?.revocation == .revoked(at: at, reason: .keyCompromise))
        #expect(snapshot.certificate(.of(good))?.revocation == .good(until: World.start + 3 * World.day))
        #expect(try cache.standing("A", in: source, now: World.start) == .revoked(at: at))
        #expect(try cache.standing("B", in: source, now: World.start) == .usable)
    }

    @Test("what a list said stays said, although its signer is no anchor any more")
    func anchorsChanged() throws {
        let cache = try TemporaryStore()
        let (source, crl) = (try cache.source(), try cache.source(.crl))
        let certificate = World.certificate("A")
        try cache.accept(Body.set([Body.key("A", certificate: certificate)]), for: source)
        try cache.accept(World.list(revoked: [0x51]), for: crl)
        let snapshot = try cache.snapshot(anchors: World.otherAnchors)
        let at = World.start - World.hour
        #expect(snapshot.certificate(.of(certificate))?.revocation == .revoked(at: at, reason: .keyCompromise))
        #expect(snapshot.lists.issuerCount == 0)
    }
}
