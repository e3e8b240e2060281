import Crypto
import Encoding
import JOSE
import Testing

@Suite("The key inside x5c")
struct CertificateKeyTests {
    static func set(_ certificate: [UInt8]) throws -> JWKSet {
        let jwk = Keys.jwk(Keys.a, kid: "A", more: "\"x5c\":[\"\(Base64.encode(certificate))\"]")
        return try JWKSet.decode(Array(Keys.body(jwk).utf8))
    }

    @Test("a certificate cut anywhere is unreadable and costs no key")
    func truncated() throws {
        let certificate = try Keys.certificate(Keys.a)
        for count in 0..<certificate.count {
            let set = try Self.set(Array(certificate.prefix(count)))
            #expect(set.notices.map(\.code) == [.x5cUnreadable])
            #expect(set.keys.count == 1)
        }
    }

    @Test("a byte behind a certificate makes it unreadable")
    func trailing() throws {
        #expect(try Self.set(Keys.certificate(Keys.a) + [0]).notices.map(\.code) == [.x5cUnreadable])
    }

    @Test("a changed byte never makes another key pass for this one")
    func flipped() throws {
        let certificate = try Keys.certificate(Keys.a)
        let spki = Keys.a.publicKey.spki
        for position in certificate.indices {
            var changed = certificate
            changed[position] ^= 0x11
            if let leaf = try Self.set(changed).keys.first?.certificate {
                #expect(leaf.indices.contains { leaf[$0...].starts(with: spki) })
            }
        }
    }
}
