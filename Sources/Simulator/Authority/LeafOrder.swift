import Crypto
import Encoding

/// What a certificate of the key store is asked for: transport or signing, with PSD2 statements or without.
struct LeafOrder {
    var subject: NameTemplate
    var key: PublicKey
    var use: PublishedKey.Use
    var serial: [UInt8]
    var notBefore: UnixTime
    var notAfter: UnixTime
    /// Of whom the PSD2 statements are; nil for a legacy certificate and for the directory's own.
    var holder: SimulatedOrganisation?

    func template(_ names: AuthorityNames, baseURL: String) -> CertificateTemplate {
        var template = CertificateTemplate(
            subject: subject,
            publicKey: key,
            notBefore: notBefore,
            notAfter: notAfter
        )
        template.issuer = names.issuing
        template.serial = serial
        template.keyUsage = use == .tls ? .digitalSignature : [.digitalSignature, .nonRepudiation]
        template.extendedKeyUsage =
            use == .tls ? ["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"] : ["1.3.6.1.4.1.311.10.3.12"]
        template.isExtendedKeyUsageCritical = use == .tls
        template.policies = [names.policy]
        template.qcStatements = holder?.statements(use == .tls ? .web : .seal)
        template.crlDistributionPoints = [baseURL + AuthorityPath.issuingList]
        template.issuerCertificate = baseURL + AuthorityPath.issuingCertificate
        return template
    }
}

/// Where the key store publishes what belongs to the authorities.
package enum AuthorityPath {
    /// The issuing authority's revocation list.
    package static let issuingList = "/crl/issuing.crl"
    /// The root's revocation list.
    package static let rootList = "/crl/root.crl"
    /// The issuing authority's certificate in DER.
    package static let issuingCertificate = "/certificates/issuing.crt"
}
