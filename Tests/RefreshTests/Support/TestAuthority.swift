import Crypto
import Encoding

/// A throw-away CA: 2026-01-01 to 2036-01-01, P-256.
struct TestAuthority {
    /// A certificate with its key, both as PEM.
    struct Identity {
        var certificate: String
        var key: String
        var publicKey: PublicKey
    }

    let certificate: String
    private let name: NameTemplate
    private let key: PrivateKey

    init(_ name: String = "Test CA") throws {
        self.name = NameTemplate([.country("GB"), .commonName(name)])
        key = try PrivateKey.generateEC(.p256)
        let template = CertificateTemplate.authority(
            self.name,
            key.publicKey,
            notBefore: 1_767_225_600,
            notAfter: 2_082_758_400
        )
        certificate = PEM.encode(try template.issue(by: key), label: "CERTIFICATE")
    }

    /// A certificate for a server of these names, or for a client when there are none.
    func issue(_ names: [String], notAfter: UnixTime = 2_082_758_400) throws -> Identity {
        let leaf = try PrivateKey.generateEC(.p256)
        var template = CertificateTemplate(
            subject: NameTemplate([.country("GB"), .commonName(names.first ?? "client")]),
            publicKey: leaf.publicKey,
            notBefore: 1_767_225_600,
            notAfter: notAfter
        )
        template.issuer = name
        template.serial = [2]
        template.keyUsage = .digitalSignature
        template.extendedKeyUsage = [names.isEmpty ? "1.3.6.1.5.5.7.3.2" : "1.3.6.1.5.5.7.3.1"]
        template.alternativeNames = names.map { .dns($0) }
        let certificate = PEM.encode(try template.issue(by: key), label: "CERTIFICATE")
        return Identity(certificate: certificate, key: leaf.pkcs8PEM, publicKey: leaf.publicKey)
    }

    /// A server's certificate under its own key, as PEM.
    static func selfSigned(_ names: [String], _ key: PrivateKey) throws -> String {
        var template = CertificateTemplate(
            subject: NameTemplate([.commonName(names.first ?? "self")]),
            publicKey: key.publicKey,
            notBefore: 1_767_225_600,
            notAfter: 2_082_758_400
        )
        template.issuer = NameTemplate([.commonName(names.first ?? "self")])
        template.alternativeNames = names.map { .dns($0) }
        return PEM.encode(try template.issue(by: key), label: "CERTIFICATE")
    }

    /// A revocation list of this authority, changed by `change`, signed by another where one is given.
    func list(
        number: UInt64 = 1,
        thisUpdate: UnixTime,
        nextUpdate: UnixTime,
        by other: PrivateKey? = nil,
        _ change: (inout CRLTemplate) -> Void = { _ in }
    ) throws -> [UInt8] {
        var template = CRLTemplate(issuer: name, number: number, thisUpdate: thisUpdate, nextUpdate: nextUpdate)
        change(&template)
        return try template.issue(by: other ?? key)
    }
}
