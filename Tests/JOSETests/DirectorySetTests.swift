import Crypto
import Encoding
import JOSE
import Testing

@Suite("A set as the Open Banking directory publishes it")
struct DirectorySetTests {
    static let path = "openbanking/org-keystore.jwks"
    static let isPresent = Vectors.exists(path)

    @Test("loads whole, and its one wrong x5t is reported", .enabled(if: isPresent, "skipped: no vectors"))
    func loads() throws {
        let set = try JWKSet.decode(Vectors.bytes(Self.path))
        #expect(set.keys.count == 6)
        #expect(set.skipped.isEmpty)
        let warnings = set.notices.filter { $0.severity >= .warning }
        #expect(warnings.map(\.code) == [.x5tMismatch])
        #expect(warnings.map(\.index) == [2])
        #expect(warnings.map(\.text) == ["x5t and x5t#S256 are not digests of x5c[0]"])
        #expect(set.keys.map(\.use) == [.sig, .tls, .sig, .sig, .sig, .tls])
        #expect(set.keys.allSatisfy { $0.certificate != nil })
    }

    @Test(
        "a kid is the SHA-1 thumbprint, except where the wrong x5t is",
        .enabled(if: isPresent, "skipped: no vectors")
    )
    func kids() throws {
        for key in try JWKSet.decode(Vectors.bytes(Self.path)).keys where key.index != 2 {
            #expect(key.kid == Array(Thumbprint.directoryKeyID(key.key.material).utf8))
        }
    }

    @Test("its tls certificates are members, by fingerprint", .enabled(if: isPresent, "skipped: no vectors"))
    func members() throws {
        let set = try Keys.set(try Vectors.text(Self.path))
        for key in set.keys {
            let fingerprint = try #require(key.certificateFingerprint)
            #expect(set.contains(certificate: fingerprint, use: .tls) == (key.use == .tls))
        }
    }
}
