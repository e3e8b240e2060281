import Crypto
import Encoding
import PKIX

/// A root, an issuing authority and leaves, made for one test run.
struct TestAuthority: Sendable {
    static let notBefore: UnixTime = 1_767_225_600  // 2026-01-01
    static let notAfter: UnixTime = 1_830_297_599  // 2027-12-31

    /// Keys are slow to make; each curve key here is made once.
    static let rootKey = makeKey()
    static let issuingKey = makeKey()
    static let leafKey = makeKey()
    static let otherKey = makeKey()

    private static func makeKey() -> PrivateKey {
        do { return try PrivateKey.generateEC(.p256) } catch { preconditionFailure("no key: \(error)") }
    }

    static let rootName = NameTemplate([.country("GB"), .organization("OpenBanking"), .commonName("Test Root CA")])
    static let issuingName = NameTemplate([
        .country("GB"), .organization("OpenBanking"), .commonName("Test Issuing CA"),
    ])

    static func root(_ change: (inout CertificateTemplate) -> Void = { _ in }) throws -> [UInt8] {
        var template = CertificateTemplate.authority(
            rootName,
            rootKey.publicKey,
            notBefore: notBefore,
            notAfter: notAfter + 1_000
        )
        change(&template)
        return try template.issue(by: rootKey)
    }

    static func issuing(
        by key: PrivateKey = rootKey,
        _ change: (inout CertificateTemplate) -> Void = { _ in }
    ) throws -> [UInt8] {
        var template = CertificateTemplate.authority(
            issuingName,
            issuingKey.publicKey,
            notBefore: notBefore + 1_000,
            notAfter: notAfter,
            pathLength: 0
        )
        template.issuer = rootName
        template.serial = [2]
        change(&template)
        return try template.issue(by: key)
    }

    static func leaf(
        by key: PrivateKey = issuingKey,
        _ change: (inout CertificateTemplate) -> Void = { _ in }
    ) throws -> [UInt8] {
        var template = CertificateTemplate(
            subject: NameTemplate([
                .country("GB"), .organization("OpenBanking"), .organizationalUnit("0015800001041REAAY"),
                .commonName("ebSqTNqmQXFYz6VtWGXZAa"),
            ]),
            publicKey: leafKey.publicKey,
            notBefore: notBefore + 2_000,
            notAfter: notAfter - 2_000
        )
        template.issuer = issuingName
        template.serial = [0x59, 0xC7]
        template.keyUsage = [.digitalSignature]
        template.extendedKeyUsage = [OID.serverAuth, OID.clientAuth]
        template.isExtendedKeyUsageCritical = true
        change(&template)
        return try template.issue(by: key)
    }

    static func anchors() throws -> TrustAnchors { try TrustAnchors.load([try root(), try issuing()]) }
}
