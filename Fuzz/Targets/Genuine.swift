import Glibc

@testable import Crypto
@testable import Encoding
@testable import JOSE
@testable import PKIX
@testable import Rules

/// One genuine registration and the directory it is proven by: what every forgery is measured against.
///
/// Made once by the simulator with keys nobody kept (Fuzz/Genuine.json), so that the fuzzer starts beside what is accepted.
struct Genuine: Sendable {
    let now: UnixTime
    /// The record, and the request inside it.
    let record: [UInt8]
    let request: [UInt8]
    let certificatePEM: String
    /// Every signed token: the request and its software statement.
    let tokens: [[UInt8]]
    /// Every certificate a path leads from.
    let certificates: [[UInt8]]
    /// The revocation lists.
    let lists: [[UInt8]]
    let anchors: TrustAnchors
    /// All published keys in one set.
    let everyKey: KeySet
    private let sets: [String: KeySet]
    private let verifiedLists: RevocationLists
    private let indexes = ClaimIndexes()
    private let vetted: [SHA256Digest: TransportCertificate]
    private let book: RuleBook
    private let policy: Policy

    /// The one of Fuzz/Genuine.json.
    static let kept: Genuine = {
        let path = #filePath.split(separator: "/").dropLast(2).map { "/" + $0 }.joined() + "/Genuine.json"
        do { return try Genuine(json: bytes(path)) } catch {
            preconditionFailure("\(path) cannot be read (\(error)); COUNTERFOIL_WRITE_CORPORA=1 makes it anew")
        }
    }()

    private init(json: [UInt8]) throws {
        var limits = JSONLimits.record
        limits.stringBytes = limits.textBytes
        let document = JSONDocument(limits: limits)
        try document.parse(json)
        let root = document.root
        func text(_ name: String) -> String { root[name]?.text?.string ?? "" }
        func blobs(_ name: String) throws -> [[UInt8]] {
            try root[name].map { list in try list.elements.map { try Base64.decode($0.text?.string ?? "") } } ?? []
        }
        let now = root["now"]?.integer ?? 0
        self.now = now
        record = Array(text("record").utf8)
        request = Array(text("request").utf8)
        tokens = [request, Array(text("statement").utf8)]
        certificatePEM = text("certificate")
        certificates = try blobs("certificates")
        lists = try blobs("lists")
        let anchors = try TrustAnchors.load(blobs("anchors"))
        self.anchors = anchors
        var sets: [String: KeySet] = [:]
        var keys: [VerificationKey] = []
        for member in root["sets"]?.members ?? JSONMembers(root) {
            let set = try JWKSet.decode(member.value.text?.bytes ?? [])
            sets[member.name.string] = Self.keySet(member.name.string, set.keys, now)
            keys += set.keys
        }
        self.sets = sets
        everyKey = Self.keySet("every", keys, now)
        let verified = RevocationLists(
            try lists.map { der in
                let list = try RevocationList.decode(der)
                for issuer in anchors.authorities(named: list.issuer) { try list.verify(signedBy: issuer) }
                return list
            }
        )
        verifiedLists = verified
        vetted = Dictionary(
            uniqueKeysWithValues: try certificates.map { der in
                let known = anchors.vet(try Certificate.decode(der))
                return (SHA256Digest.of(der), known.revised(with: verified, anchors: anchors, at: now))
            }
        )
        var policy = Policy()
        policy.audiences = [text("audience")]
        self.policy = policy
        book = RuleBook(policy)
    }

    private static func keySet(_ url: String, _ keys: [VerificationKey], _ now: UnixTime) -> KeySet {
        KeySet(
            url: url,
            class: .software,
            fetchedAt: now - 600,
            freshUntil: now + 3_600,
            usableUntil: now + 86_400,
            keys: keys
        )
    }

    /// What judges a delivery.
    func examiner() -> Examiner { Examiner(policy: policy, book: book, indexes: indexes) }

    /// The directory as the rules see it.
    var view: TrustView {
        let genuine = self
        return TrustView(
            generation: 1,
            keySet: { genuine.sets[$0.string] },
            revokedKeyID: { _, _, _ in nil },
            revokedKey: { _, _, _ in nil },
            revokedCertificate: { _, _, _ in nil },
            certificate: { genuine.vetted[$0] },
            vet: { der, extra, now in
                guard let certificate = try? Certificate.decode(der) else { return nil }
                let vetted = genuine.anchors.vet(certificate, extra: extra)
                return vetted.revised(with: genuine.verifiedLists, anchors: genuine.anchors, at: now)
            }
        )
    }

    /// The bytes of a file.
    private static func bytes(_ path: String) throws(BrokenProperty) -> [UInt8] {
        guard let file = fopen(path, "rb") else { throw BrokenProperty(description: "errno \(errno)") }
        defer { fclose(file) }
        var (bytes, chunk): ([UInt8], [UInt8]) = ([], [UInt8](repeating: 0, count: 1 << 16))
        while true {
            let count = fread(&chunk, 1, chunk.count, file)
            guard count > 0 else { return bytes }
            bytes += chunk.prefix(count)
        }
    }
}
