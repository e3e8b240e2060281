import Crypto
import Encoding
import Fetch
import GRDB
import JOSE
import PKIX
import Simulator
import Testing

@testable import KeyCache
@testable import Refresh

/// A software's key set fetched well once from a faulty directory, and what has to hold whatever comes after.
///
/// Bounds are small, so that a fault ends soon: 200 ms to connect, 800 ms in all.
final class FaultBench {
    static let path = "/org/soft.jwks"
    static let etag = "\"good\""
    /// Made once: keys and TLS identities cost time, and which they are does not matter.
    static let identity = World.sure { try TLSIdentity(now: RefreshFixture.start) }
    static let signer = World.sure { try PrivateKey.generateEC(.p256) }
    /// A key of nobody's.
    static let stranger = World.sure { try PrivateKey.generateEC(.p256) }
    static let authority = World.sure { try TestAuthority() }
    /// A good certificate of another key, in base64.
    static let otherCertificate = World.sure {
        Base64.encode(try PEM.certificates(in: ByteSlice(try authority.issue(["other"]).certificate))[0])
    }
    static let good = TestKeys.set([TestKeys.entry("A", signer), TestKeys.b])

    let fixture: RefreshFixture
    /// What the last refresh cost.
    var meter: FaultMeter?
    let directory: FaultyDirectory
    let url: String
    let token: ByteSlice
    private let goodDigest = SHA256Digest.of(Array(FaultBench.good.utf8)).bytes

    /// Fetches the good set.
    init(class: SourceClass = .software, hasETag: Bool = true) throws {
        let identity = Self.identity
        fixture = try RefreshFixture()
        directory = try FaultyDirectory(identity)
        url = directory.url(Self.path)
        token = try Self.sign()
        try fixture.folder.write("tls.pem", identity.authorityPEM)
        allow()
        try fixture.add(url, `class`, software: `class` == .software ? "soft" : nil)
        directory.answer(Self.path, .ok(Self.good, hasETag ? ["ETag: \(Self.etag)"] : []))
        let report = try fixture.networkPass().run(.due)
        try #require(report.lines.map(\.outcome) == [.updated], "\(report.lines.first?.reason ?? "")")
        fixture.now += 900
    }

    /// Milliseconds that are enough on any machine for what is to succeed, or to fail for another reason.
    static let ample = 60_000

    /// Bounds a fetch that is to run out of time: for the connection, or for the whole of it behind that.
    func hurry(connection: Bool) {
        fixture.settings.connectTimeoutMilliseconds = connection ? 300 : Self.ample
        fixture.settings.timeoutMilliseconds = connection ? Self.ample : 1500
    }

    /// Gives it all the time it needs again.
    func relax() {
        fixture.settings.connectTimeoutMilliseconds = Self.ample
        fixture.settings.timeoutMilliseconds = Self.ample
    }

    /// The host rule of the directory, changed by `change`, and ample bounds.
    func allow(_ change: (inout HostRule) -> Void = { _ in }) {
        var rule = HostRule(
            name: "localhost",
            ports: [UInt16(directory.port)],
            reach: .loopback,
            authorityFile: "\(fixture.folder.path)/tls.pem",
            addresses: ["127.0.0.1"]
        )
        change(&rule)
        fixture.settings = FetchSettings(
            hosts: [rule],
            timeoutMilliseconds: Self.ample,
            connectTimeoutMilliseconds: Self.ample,
            slowBytesPerSecond: 0,
            ratePerHost: 1000
        )
    }

    /// Refreshes the source and returns what became of it.
    func refresh() throws -> RefreshLine {
        meter = FaultMeter.isWanted ? FaultMeter() : nil
        let lines = try fixture.networkPass().run(.source(url: url)).lines
        meter?.stop()
        return try #require(lines.first { $0.url == url })
    }

    /// The source as it is now.
    func source() throws -> Source { try #require(try fixture.store.source(url)) }

    /// The last good key still verifies a real signature, and the last good body is there, byte for byte.
    ///
    /// `isInUse` says whether the good body is still the one in use; one that took its place must verify too.
    func expectGood(isInUse: Bool = true, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let snapshot = try Snapshot.load(fixture.store, anchors: fixture.anchors, at: fixture.now)
        let set = try #require(snapshot.keySet(url), sourceLocation: sourceLocation)
        #expect(set.state(at: fixture.now) != .unusable, sourceLocation: sourceLocation)
        let verified = try JWS.verify(token, keys: set, allowed: [.ES256])
        #expect(verified.key.key.spkiSHA256 == Self.signer.publicKey.spkiSHA256, sourceLocation: sourceLocation)
        let standing = snapshot.standing(of: verified.key, in: set, signedAt: RefreshFixture.start, now: fixture.now)
        #expect(standing == .usable, sourceLocation: sourceLocation)
        let body = try fixture.store.file.read { [goodDigest] in try BodyTable.bytes($0, digest: goodDigest) }
        #expect(body == Array(Self.good.utf8), sourceLocation: sourceLocation)
        if isInUse { #expect(try source().bodySHA256 == goodDigest, sourceLocation: sourceLocation) }
        #expect(try fixture.store.firstBrokenEvent() == nil, sourceLocation: sourceLocation)
        meter?.print()
        meter = nil
    }

    /// Makes the store forget which body is in use, as a repair by hand might.
    func loseBody() throws {
        try fixture.store.file.write(.full) { try $0.execute(sql: "UPDATE source SET body = NULL") }
    }

    /// A JWS signed by the good key A.
    static func sign() throws -> ByteSlice {
        let text =
            Base64URL.encode(Array(#"{"alg":"ES256","kid":"A"}"#.utf8)) + "."
            + Base64URL.encode(Array(#"{"iss":"software"}"#.utf8))
        return ByteSlice(text + "." + Base64URL.encode(try signer.sign(Array(text.utf8), .ES256)))
    }
}

/// What must not fail in a fixture.
enum World {
    static func sure<R>(_ make: () throws -> R) -> R {
        do { return try make() } catch { preconditionFailure("no fixture: \(error)") }
    }
}
