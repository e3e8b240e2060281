import Crypto
import Encoding
import Foundation
import KeyCache
import PKIX

/// A small cache of elliptic keys, quick to make under an instrument that slows everything down.
final class HotWorld {
    let snapshot: Snapshot
    let cell: SnapshotCell
    /// What is looked up: URLs and kids as they stand in a request.
    let questions: [(url: ByteSlice, kid: ByteSlice)]
    private let folder: String

    init() throws {
        folder = "\(NSTemporaryDirectory())/counterfoil-bars-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let now: Int64 = 1_795_341_600
        let key = try PrivateKey.generateEC(.p256)
        let name = NameTemplate([.country("GB"), .commonName("Test CA")])
        let root = CertificateTemplate.authority(name, key.publicKey, notBefore: now - 86_400, notAfter: now + 86_400)
        let anchors = try TrustAnchors.load([try root.issue(by: key)])
        let store = try KeyStore.open(path: "\(folder)/cache.sqlite")
        let urls = (0..<64).map { "https://keystore.example/org\($0)/software\($0).jwks" }
        try store.upsert(urls.map { SourceSeed(url: $0, class: .software, origin: .configuration) }, at: now)
        var questions: [(ByteSlice, ByteSlice)] = []
        for (number, source) in try store.allSources().enumerated() {
            var keys: [String] = []
            for place in 0..<4 {
                guard case .ec(_, let x, let y) = try PrivateKey.generateEC(.p256).publicKey.material else { continue }
                let kid = "kid-\(number)-\(place)-GxlIiwianVqsDuushgjE0OTx8Xg"
                keys.append(
                    """
                    {"kty":"EC","crv":"P-256","x":"\(Base64URL.encode(x))","y":"\(Base64URL.encode(y))","kid":"\(kid)","use":"sig"}
                    """
                )
                questions.append((ByteSlice(source.url), ByteSlice(kid)))
            }
            let body = Array("{\"keys\":[\(keys.joined(separator: ","))]}".utf8)
            _ = try store.accept(body: body, validators: Validators(), for: source, at: now, anchors: anchors)
        }
        self.questions = questions
        cell = try SnapshotCell(store: store, anchors: anchors, at: now)
        snapshot = cell.snapshot
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// Asks every question once; how many were answered.
    @inline(never)
    func round(_ snapshot: Snapshot) -> Int {
        var found = 0
        for (url, kid) in questions {
            guard let set = snapshot.keySet(url) else { continue }
            if set.candidates(kid: kid).first != nil { found += 1 }
        }
        return found
    }
}
