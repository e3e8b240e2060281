@testable import Crypto
import Encoding

/// Keys made once for all tests, and templates around them.
enum Fixture {
    static let rsa = make { () throws(CryptoError) in try .generateRSA() }
    static let otherRSA = make { () throws(CryptoError) in try .generateRSA() }
    static let weakRSA = make { () throws(CryptoError) in try .generateRSA(bits: 1024) }
    static let p256 = make { () throws(CryptoError) in try .generateEC(.p256) }
    static let p384 = make { () throws(CryptoError) in try .generateEC(.p384) }
    static let p521 = make { () throws(CryptoError) in try .generateEC(.p521) }

    /// 2026-01-01 and 2027-01-01.
    static let start: UnixTime = 1_767_225_600
    static let end: UnixTime = 1_798_761_600

    static let rootName = NameTemplate([.country("GB"), .organization("Example"), .commonName("Example Root")])
    static let issuerName = NameTemplate([.country("GB"), .organization("Example"), .commonName("Example Issuing")])
    static let leafName = NameTemplate([
        .country("GB"), .organization("Example"), .organizationalUnit("0015800001041RbAAI"), .commonName("software1"),
    ])

    private static func make(_ body: () throws(CryptoError) -> PrivateKey) -> PrivateKey {
        do { return try body() } catch { fatalError("no key for the tests: \(error)") }
    }
}
