import Crypto
import Encoding
import JOSE
import Testing

@Suite("Looking keys up in sets of any size")
struct KeyTableTests {
    /// A set of `count` keys: kids k0, k1, … of which each third carries a certificate's fingerprint too, and five keys
    /// with one kid.
    private static func set(of count: Int) throws -> (set: KeySet, keys: [VerificationKey]) {
        let pairs = try (0..<count).map { _ in try PrivateKey.generateEC(.p256) }
        var keys: [VerificationKey] = []
        for (place, pair) in pairs.enumerated() {
            let key = pair.publicKey
            let mark = SHA256Digest.of("certificate \(place)")
            keys.append(
                VerificationKey(
                    restoring: key,
                    thumbprint: key.spkiSHA256,
                    index: place,
                    kid: Array((place % 7 == 3 && place < 35 ? "shared" : "k\(place)").utf8),
                    use: place % 2 == 0 ? .sig : .tls,
                    algorithm: nil,
                    keyOperations: nil,
                    certificate: place % 3 == 0 ? (der: [], fingerprint: mark) : nil
                )
            )
        }
        let set = KeySet(
            url: "https://keystore.example/x.jwks",
            class: .software,
            fetchedAt: 0,
            freshUntil: 1,
            usableUntil: 2,
            keys: keys,
            standings: keys.map { $0.index % 5 == 0 ? .held : .active }
        )
        return (set, keys)
    }

    @Test(
        "every key is found, and nothing else, whether the set is looked through or halved",
        arguments: [1, 16, 17, 60]
    )
    func finds(_ count: Int) throws {
        let (set, keys) = try Self.set(of: count)
        for key in keys {
            let kid = ByteSlice(key.kid ?? [])
            let same = keys.filter { $0.kid == key.kid }.map(\.index)
            #expect(set.candidates(kid: kid).map(\.index) == Array(same.prefix(4)))
            #expect(set.contains(kid: kid))
            #expect(set.contains(spki: key.key.spkiSHA256))
            guard let fingerprint = key.certificateFingerprint else { continue }
            let isHeld = key.index % 5 == 0
            #expect(set.contains(certificate: fingerprint))
            #expect(set.contains(certificate: fingerprint, use: key.use))
            #expect(!set.contains(certificate: fingerprint, use: key.use == .sig ? .tls : .sig))
            #expect(set.contains(certificate: fingerprint, use: key.use, where: { $0 == .held }) == isHeld)
            #expect(set.contains(certificate: fingerprint, use: key.use, where: { $0 == .active }) != isHeld)
        }
        for text in ["", "k", "k\(count)", "shared2", "K0"] {
            #expect(!set.contains(kid: ByteSlice(text)))
            #expect(set.candidates(kid: ByteSlice(text)).isEmpty)
        }
        #expect(!set.contains(spki: SHA256Digest.of("another")))
        #expect(!set.contains(certificate: SHA256Digest.of("another")))
        #expect(!set.contains(certificate: SHA256Digest(0, 0, 0, 0)))
    }

    @Test("an identity that agrees in its first eight bytes only is another one")
    func firstWord() throws {
        let (set, keys) = try Self.set(of: 3)
        for key in keys {
            let bytes = key.key.spkiSHA256.bytes
            let twin = try #require(SHA256Digest(bytes: bytes[..<8] + bytes[8...].map { $0 ^ 1 }))
            #expect(!set.contains(spki: twin))
        }
    }

    @Test("a set without keys has none")
    func empty() throws {
        let (set, _) = try Self.set(of: 0)
        #expect(!set.contains(kid: ByteSlice("k0")))
        #expect(!set.contains(spki: SHA256Digest(0, 0, 0, 0)))
        #expect(set.candidates(kid: ByteSlice("")).isEmpty)
    }
}
