import Crypto
package import Encoding

/// The simulated key store's own TLS: a throw-away authority and a certificate for 127.0.0.1 and localhost.
package struct TLSIdentity: Sendable {
    /// The authority a client has to trust, as PEM.
    package let authorityPEM: String
    /// The server's certificate, as PEM.
    package let certificatePEM: String
    /// The server's private key; it never leaves the process.
    let key: PrivateKey

    /// Makes an identity valid around `now`.
    package init(now: UnixTime) throws(SimulatorError) {
        let keys = try Parallel.map(2) { (_) throws(SimulatorError) in
            try SimulatorError.crypto { () throws(CryptoError) in try PrivateKey.generateEC(.p256) }
        }
        key = keys[1]
        let name = NameTemplate([.country("GB"), .organization("Counterfoil"), .commonName("Simulated Key Store CA")])
        let year: UnixTime = 365 * 86_400
        let (first, last) = (now - year, now + 3 * year)
        let authority = CertificateTemplate.authority(name, keys[0].publicKey, notBefore: first, notAfter: last)
        let subject = NameTemplate([.country("GB"), .commonName("localhost")])
        var server = CertificateTemplate(subject: subject, publicKey: key.publicKey, notBefore: first, notAfter: last)
        server.issuer = name
        server.serial = [2]
        server.constraints = .init(isAuthority: false)
        server.keyUsage = .digitalSignature
        server.extendedKeyUsage = ["1.3.6.1.5.5.7.3.1"]
        server.alternativeNames = [.dns("localhost"), .address("127.0.0.1")]
        authorityPEM = try Self.issue(authority, by: keys[0])
        certificatePEM = try Self.issue(server, by: keys[0])
    }

    /// An identity of somebody else's making.
    init(authorityPEM: String, certificatePEM: String, key: PrivateKey) {
        self.authorityPEM = authorityPEM
        self.certificatePEM = certificatePEM
        self.key = key
    }

    private static func issue(_ template: CertificateTemplate, by key: PrivateKey) throws(SimulatorError) -> String {
        PEM.encode(
            try SimulatorError.template { () throws(TemplateFault) in try template.issue(by: key) },
            label: "CERTIFICATE"
        )
    }
}
