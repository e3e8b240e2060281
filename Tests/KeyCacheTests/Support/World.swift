import Crypto
import Encoding
import JOSE
import PKIX

@testable import KeyCache

/// A small ecosystem made once per test run: authorities, keys by letter, and their certificates.
enum World {
    /// 2026-11-22T10:00:00Z.
    static let start: UnixTime = 1_795_341_600
    static let minute: Int64 = 60
    static let hour: Int64 = 3600
    static let day: Int64 = 86400

    /// An operator's.
    static let word = OperatorWord(by: "ops", why: "asked the directory")

    static let rootName = NameTemplate([.country("GB"), .organization("OpenBanking"), .commonName("Test Root CA")])
    static let issuerName = NameTemplate([.country("GB"), .organization("OpenBanking"), .commonName("Test Issuing CA")])
    static let rootKey = sure { try PrivateKey.generateEC(.p256) }
    static let issuerKey = sure { try PrivateKey.generateEC(.p256) }
    static let strangerKey = sure { try PrivateKey.generateEC(.p256) }

    static let root = sure {
        try CertificateTemplate.authority(
            rootName,
            rootKey.publicKey,
            notBefore: start - 1000 * day,
            notAfter: start + 1000 * day
        )
        .issue(by: rootKey)
    }

    static let issuer = sure {
        var template = CertificateTemplate.authority(
            issuerName,
            issuerKey.publicKey,
            notBefore: start - 500 * day,
            notAfter: start + 300 * day,
            pathLength: 0
        )
        template.issuer = rootName
        template.serial = [2]
        return try template.issue(by: rootKey)
    }

    static let anchors = sure { try TrustAnchors.load([root, issuer]) }

    /// Other anchors, which do not know our issuer.
    static let otherAnchors = sure {
        let template = CertificateTemplate.authority(
            NameTemplate([.commonName("Another Root")]),
            strangerKey.publicKey,
            notBefore: start - 1000 * day,
            notAfter: start + 30 * day
        )
        return try TrustAnchors.load([try template.issue(by: strangerKey)])
    }

    private static let pairs: [Character: PrivateKey] = Dictionary(
        uniqueKeysWithValues: "ABCDEFGH".map { ($0, sure { try PrivateKey.generateEC(.p256) }) }
    )

    /// The key pair of a letter from A to H.
    static func pair(_ letter: Character) -> PrivateKey { pairs[letter, default: strangerKey] }

    /// The identity of a letter's key.
    static func spki(_ letter: Character) -> SHA256Digest { pair(letter).publicKey.spkiSHA256 }

    /// A transport certificate for a letter's key, under our issuing authority.
    static func certificate(
        _ letter: Character,
        serial: UInt8 = 0x51,
        notAfter: UnixTime = start + 200 * day
    ) -> [UInt8] {
        let name = NameTemplate([.country("GB"), .organization("OpenBanking"), .commonName("software\(letter)")])
        var template = CertificateTemplate(
            subject: name,
            publicKey: pair(letter).publicKey,
            notBefore: start - 100 * day,
            notAfter: notAfter
        )
        template.issuer = issuerName
        template.serial = [serial]
        template.keyUsage = [.digitalSignature]
        template.extendedKeyUsage = ["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"]
        return sure { try template.issue(by: issuerKey) }
    }

    /// A's certificate, the same each time.
    static let fixed = certificate("A")

    /// A revocation list of our issuing authority.
    static func list(
        number: UInt64 = 1,
        thisUpdate: UnixTime = start,
        nextUpdate: UnixTime = start + 3 * day,
        revoked: [UInt8] = [],
        reason: UInt8 = 1,
        by key: PrivateKey = issuerKey,
        named name: NameTemplate = issuerName
    ) -> [UInt8] {
        var template = CRLTemplate(issuer: name, number: number, thisUpdate: thisUpdate, nextUpdate: nextUpdate)
        template.entries = revoked.map { CRLTemplate.Entry(serial: [$0], at: thisUpdate - hour, reason: reason) }
        return sure { try template.issue(by: key) }
    }

    /// What must not fail in a fixture; nothing could be tested without it.
    static func sure<R>(_ make: () throws -> R) -> R {
        do { return try make() } catch { preconditionFailure("no fixture: \(error)") }
    }
}
