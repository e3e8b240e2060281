package import Encoding

/// A certificate to be issued: everything the Open Banking profiles hold, and the mistakes the tests need.
package struct CertificateTemplate: Sendable {
    /// BasicConstraints (critical).
    package struct Constraints: Equatable, Sendable {
        /// Whether the subject may issue certificates.
        package var isAuthority: Bool
        /// How many intermediate authorities may follow.
        package var pathLength: Int?

        /// Makes constraints.
        package init(isAuthority: Bool, pathLength: Int? = nil) {
            (self.isAuthority, self.pathLength) = (isAuthority, pathLength)
        }
    }

    /// KeyUsage (critical): the bits of RFC 5280 §4.2.1.3, bit 0 first.
    package struct Usage: OptionSet, Sendable {
        package let rawValue: UInt16

        package init(rawValue: UInt16) { self.rawValue = rawValue }

        package static let digitalSignature = Usage(rawValue: 1 << 0)
        package static let nonRepudiation = Usage(rawValue: 1 << 1)
        package static let keyEncipherment = Usage(rawValue: 1 << 2)
        package static let keyAgreement = Usage(rawValue: 1 << 4)
        package static let certificateSigning = Usage(rawValue: 1 << 5)
        package static let listSigning = Usage(rawValue: 1 << 6)
    }

    /// A name in SubjectAltName.
    package enum AlternativeName: Equatable, Sendable {
        case dns(String)
        case address(String)
        case uri(String)
    }

    /// 3 for today's certificates; with 1 no extension is written.
    package var version = 3
    /// The serial number as an unsigned number, most significant byte first.
    package var serial: [UInt8] = [1]
    /// The subject.
    package var subject: NameTemplate
    /// The issuer's name; nil means the subject itself.
    package var issuer: NameTemplate?
    /// The first second of validity.
    package var notBefore: UnixTime
    /// The last second of validity.
    package var notAfter: UnixTime
    /// The subject's key.
    package var publicKey: PublicKey
    /// BasicConstraints; nil leaves the extension out.
    package var constraints: Constraints?
    /// KeyUsage; nil leaves the extension out.
    package var keyUsage: Usage?
    /// ExtendedKeyUsage in dotted form; nil leaves the extension out.
    package var extendedKeyUsage: [String]?
    /// Whether ExtendedKeyUsage is critical, as it is in the directory's transport certificates.
    package var isExtendedKeyUsageCritical = false
    /// CertificatePolicies in dotted form.
    package var policies: [String] = []
    /// The qcStatements extension.
    package var qcStatements: QCStatementsTemplate?
    /// SubjectAltName.
    package var alternativeNames: [AlternativeName] = []
    /// URLs in CRLDistributionPoints.
    package var crlDistributionPoints: [String] = []
    /// The OCSP responder in AuthorityInfoAccess.
    package var ocspResponder: String?
    /// The issuer's certificate in AuthorityInfoAccess.
    package var issuerCertificate: String?
    /// Whether SubjectKeyIdentifier is written.
    package var hasSubjectKeyIdentifier = true
    /// Whether AuthorityKeyIdentifier is written.
    package var hasAuthorityKeyIdentifier = true
    /// Extensions written last, as they are: unknown, critical, doubled or broken ones.
    package var extra: [ExtensionTemplate] = []
    /// How the issuer signs.
    package var signature = SignatureTemplate()

    /// Makes a template without extensions but the key identifiers.
    package init(subject: NameTemplate, publicKey: PublicKey, notBefore: UnixTime, notAfter: UnixTime) {
        (self.subject, self.publicKey, self.notBefore, self.notAfter) = (subject, publicKey, notBefore, notAfter)
    }

    /// Makes the template of an authority.
    package static func authority(
        _ subject: NameTemplate,
        _ publicKey: PublicKey,
        notBefore: UnixTime,
        notAfter: UnixTime,
        pathLength: Int? = nil
    ) -> CertificateTemplate {
        var template = CertificateTemplate(
            subject: subject,
            publicKey: publicKey,
            notBefore: notBefore,
            notAfter: notAfter
        )
        template.constraints = Constraints(isAuthority: true, pathLength: pathLength)
        template.keyUsage = [.certificateSigning, .listSigning]
        return template
    }

    /// Returns the certificate in DER, signed with `key`.
    package func issue(by key: PrivateKey) throws(TemplateFault) -> [UInt8] {
        try signature.seal(with: key) { (algorithm) throws(TemplateFault) in
            let name = try subject.der()
            return DERWriter.sequence([
                version == 1 ? [] : DERWriter.element(0xA0, DERWriter.integer(UInt64(version - 1))),
                DERWriter.integer(serial),
                algorithm,
                try issuer?.der() ?? name,
                DERWriter.sequence([try DERWriter.time(notBefore), try DERWriter.time(notAfter)]),
                name,
                publicKey.spki,
                version == 1 ? [] : try ExtensionTemplate.field(0xA3, try extensions(issuer: key.publicKey)),
            ])
        }
    }
}
