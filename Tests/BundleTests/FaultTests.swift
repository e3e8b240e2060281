import Crypto
import Encoding
import KeyCache
import Testing

@testable import Bundle

/// Every way to fail by its name; a refused bundle leaves the cache's files byte for byte as they were.
@Suite("Bundles that are refused")
struct FaultTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let why: String
        let kind: BundleFault.Kind
        var at = World.start + 1000
        let make: @Sendable (Archive) throws -> [UInt8]

        init(
            _ why: String,
            _ kind: BundleFault.Kind,
            at time: UnixTime = World.start + 1000,
            _ make: @escaping @Sendable (Archive) throws -> [UInt8]
        ) {
            (self.why, self.kind, self.at, self.make) = (why, kind, time, make)
        }

        var testDescription: String { "\(kind.rawValue): \(why)" }
    }

    /// Each of them makes bytes of the bundle with number 5 that was imported before.
    static let rows: [Row] = [
        Row("an older version", .rollback) { try $0.resigned(Archive.Change(version: 4)).bytes },
        Row("the same number, other words", .equivocation) {
            try $0.resigned(Archive.Change(expires: World.start + 30 * World.day)).bytes
        },
        Row("no newer one came", .expired, at: World.start + 36 * World.day) {
            try $0.resigned(Archive.Change(version: 6)).bytes
        },
        Row("our clock is behind what was seen", .clockBack, at: World.start - 2000) {
            try $0.resigned(Archive.Change(version: 6)).bytes
        },
        Row("it was made later than our clock says", .clockBack) {
            try $0.resigned(Archive.Change(version: 6, created: World.start + 5000)).bytes
        },
        Row("a genuine snapshot of another bundle", .mixAndMatch) { archive in
            var other = try archive.resigned(Archive.Change(version: 6))
            let third = try archive.resigned(Archive.Change(version: 6, expires: World.start + 20 * World.day))
            other.members["metadata/6.snapshot.json"] = third.members["metadata/6.snapshot.json"]
            return other.bytes
        },
        Row("the targets of another number", .mixAndMatch) { archive in
            var other = try archive.resigned(Archive.Change(version: 6))
            other.members["metadata/5.targets.json"] = other.members.removeValue(forKey: "metadata/6.targets.json")
            return other.bytes
        },
        Row("the file is cut off", .truncated) { archive in
            let bytes = try archive.resigned(Archive.Change(version: 6)).bytes
            return Array(bytes.prefix(bytes.count - 2048))
        },
        Row("the end mark is missing", .truncated) { archive in
            Array(try archive.resigned(Archive.Change(version: 6)).bytes.dropLast(512))
        },
        Row("a body is missing", .truncated) { archive in
            var other = try archive.resigned(Archive.Change(version: 6))
            other.members[other.path("targets/", ".jwks")] = nil
            return other.bytes
        },
        Row("a member nobody named", .extra) { archive in
            var other = try archive.resigned(Archive.Change(version: 6))
            other.members["targets/\(String(repeating: "0", count: 64)).more.jwks"] = [0x20]
            return other.bytes
        },
        Row("a member of no name of ours", .extra) { archive in
            var other = try archive.resigned(Archive.Change(version: 6))
            other.members["metadata/readme.txt"] = [0x20]
            return other.bytes
        },
        Row("bytes behind the end", .extra) { try $0.resigned(Archive.Change(version: 6)).bytes + [0] },
        Row("a body was changed", .tampered) { archive in
            var other = try archive.resigned(Archive.Change(version: 6))
            other.members[other.path("targets/", ".jwks")]?[10] ^= 1
            return other.bytes
        },
        Row("the timestamp was changed", .tampered) { archive in
            var other = try archive.resigned(Archive.Change(version: 6))
            let text = String(decoding: other.members["metadata/timestamp.json"] ?? [], as: UTF8.self)
            let changed = text.replacing("\"version\":6}", with: "\"version\":7}", maxReplacements: 1)
            other.members["metadata/timestamp.json"] = Array(changed.utf8)
            return other.bytes
        },
        Row("keys nobody trusts signed it", .wrongSigner) {
            try $0.resigned(Archive.Change(version: 6, keys: [Holders.strangers.exporter])).bytes
        },
        Row("a new root that one holder signed", .threshold) { archive in
            var other = try archive.resigned(Archive.Change(version: 6))
            other.members["metadata/2.root.json"] = try Holders.shared.root(version: 2, signers: [0])
            return other.bytes
        },
        Row("a new root that nobody trusted signed", .wrongSigner) { archive in
            var other = try archive.resigned(Archive.Change(version: 6))
            other.members["metadata/2.root.json"] = try Holders.strangers.root(version: 2)
            return other.bytes
        },
        Row("a root is left out", .rootGap) { archive in
            var other = try archive.resigned(Archive.Change(version: 6))
            other.members["metadata/3.root.json"] = try Holders.shared.root(version: 3)
            return other.bytes
        },
        Row("another root under the number of the trusted one", .equivocation) { archive in
            var other = try archive.resigned(Archive.Change(version: 6))
            other.members["metadata/1.root.json"] = try Holders.shared.root(expires: World.start + 100 * World.day)
            return other.bytes
        },
        Row("a second exporter's", .secondExporter) { archive in
            let low = try LowSide(holders: .strangers)
            return try low.archive().bytes
        },
        Row("a timestamp that names another repository", .secondExporter) {
            try $0.resigned(Archive.Change(version: 6, repository: "other")).bytes
        },
        Row("a body fetched after the bundle was made", .malformed) {
            try $0.resigned(Archive.Change(version: 6, fetchedAt: World.start + 500)).bytes
        },
        Row("not a tar", .archive) { _ in [UInt8](repeating: 0x41, count: 2048) },
        Row("an empty file", .truncated) { _ in [] },
    ]

    @Test("by its name, and nothing is changed", arguments: rows)
    func refused(_ row: Row) throws {
        let high = try HighSide()
        let archive = try Self.base.resigned(Archive.Change(version: 5))
        try high.take(archive.bytes)
        let before = try high.digest()
        #expect(try high.fault(row.make(archive), at: row.at) == row.kind)
        #expect(try high.digest() == before)
    }

    static let base = World.sure { try LowSide().archive() }

    @Test("a bundle of another environment is refused, and nothing of it stays")
    func environment() throws {
        let high = try HighSide()
        #expect(try high.fault(Self.base.bytes, environment: "sandbox") == .environment)
        #expect(try high.store.bundleTrust().isEmpty && high.store.allSources().isEmpty)
    }

    @Test("a first import needs the pinned root, and takes no other")
    func pin() throws {
        let high = try HighSide()
        high.pin = nil
        #expect(try high.fault(Self.base.bytes) == .notPinned)
        high.pin = SHA256Digest.of("another")
        #expect(try high.fault(Self.base.bytes) == .pinMismatch)
        high.pin = nil
        try high.store.pin(Holders.pin, nil, at: World.start)
        #expect(try high.fault(Self.base.bytes) == nil)
    }

    @Test("numbers run up with a lost key are forgotten when a new root replaces it")
    func fastForward() throws {
        let high = try HighSide()
        try high.take(Self.base.resigned(Archive.Change(version: 1 << 40)).bytes)
        #expect(try high.fault(Self.base.resigned(Archive.Change(version: 6)).bytes) == .rollback)
        let next = try SigningKey.generate(.ed25519)
        var mended = try Self.base.resigned(Archive.Change(version: 6, keys: [next]))
        let history = mended.path("targets/", ".history.jwt")
        #expect(!history.isEmpty)
        mended.members["metadata/2.root.json"] = try Holders.shared.root(version: 2, exporter: next)
        // The history is signed by the lost key still, and refused with everything else.
        #expect(try high.fault(mended.bytes) == .wrongSigner)
        let low = try LowSide()
        low.roots.append(try Holders.shared.root(version: 2, exporter: next))
        low.exporter = next
        let report = try high.take(low.archive("mended.tar", at: World.start + 100).bytes, at: World.start + 200)
        #expect(report.hasForgotten && report.record.version == 1)
    }

    @Test("an expired bundle counts with a word and a reason, for seven days at most")
    func override() throws {
        let high = try HighSide()
        let late = World.start + 40 * World.day
        #expect(try high.fault(Self.base.bytes, at: late) == .expired)
        let word = OperatorWord(by: "ops", why: "the courier is late")
        #expect(throws: (any Error).self) {
            try high.take(
                Self.base.bytes,
                at: late,
                override: ImportRequest.Override(until: late + 8 * World.day, word)
            )
        }
        let until = late + 7 * World.day
        let report = try high.take(Self.base.bytes, at: late, override: ImportRequest.Override(until: until, word))
        #expect(report.record.usableUntil == until && report.record.word == word)
        #expect(try high.kids(World.software, at: until - 1) == "CD")
        #expect(try high.kids(World.software, at: until) == "")
        #expect(try high.store.events(limit: 100).contains { $0.kind == "bundle.extended" })
    }

    @Test("what a bundle brought warns from half of its life on, and is not used at its end")
    func ageing() throws {
        let high = try HighSide()
        try high.take(Self.base.bytes)
        let bundle = try #require(try high.store.importedBundle())
        let half = World.start + 35 * World.day / 2
        #expect(bundle.state(at: half - 1) == .fresh && bundle.state(at: half) == .stale)
        let source = try #require(try high.store.source(World.software))
        #expect(source.isOfBundle && source.state(at: half - 1) == .fresh && source.state(at: half) == .stale)
        #expect(source.state(at: World.start + 35 * World.day) == .unusable)
    }

    @Test("every name has a remedy, and every failure of the table has a row")
    func names() {
        for kind in BundleFault.Kind.allCases { #expect(!BundleFault(kind, "").remedy.isEmpty) }
        let shown = Set(Self.rows.map(\.kind))
        let elsewhere: Set<BundleFault.Kind> = [
            .notFound, .unreadable, .tooLarge, .notPinned, .pinMismatch, .environment, .missingBody, .concurrent,
            .signing, .misuse,
        ]
        #expect(shown.union(elsewhere) == Set(BundleFault.Kind.allCases))
    }
}
