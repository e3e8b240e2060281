package import Crypto
package import Encoding

/// An X.509 certificate, decoded by a strict walk of its own; nothing about it has been verified.
///
/// Values are those of RFC 5280 §4. What is wrong but still describable is in `defects`; what is not a certificate
/// is refused by `decode`.
package struct Certificate: Sendable {
    /// Longest certificate read, in bytes.
    package static let byteLimit = 8_192

    /// The whole encoding.
    package let der: [UInt8]
    /// SHA-256 of `der`.
    package let fingerprint: SHA256Digest
    /// In one object, so that a copy of the certificate copies two references, not everything in it.
    private let content: Content
    var fields: CertificateFields { content.fields }

    private final class Content: Sendable {
        let fields: CertificateFields

        init(_ fields: CertificateFields) { self.fields = fields }
    }

    private init(der: [UInt8], fingerprint: SHA256Digest, fields: CertificateFields) {
        self.der = der
        self.fingerprint = fingerprint
        content = Content(fields)
    }

    /// Decodes one certificate; nothing may precede or follow it.
    package static func decode(_ der: [UInt8]) throws(CertificateFault) -> Certificate {
        guard der.count <= byteLimit else { throw .tooLarge(limit: byteLimit) }
        let fields = try CertificateDecoder.decode(der)
        return Certificate(der: der, fingerprint: .of(der), fields: fields)
    }

    /// Decodes one certificate whose fingerprint is already known, as it is when the certificate was looked up first.
    package static func decode(_ der: [UInt8], fingerprint: SHA256Digest) throws(CertificateFault) -> Certificate {
        guard der.count <= byteLimit else { throw .tooLarge(limit: byteLimit) }
        return Certificate(der: der, fingerprint: fingerprint, fields: try CertificateDecoder.decode(der))
    }

    /// 1, 2 or 3.
    package var version: Int { fields.version }
    /// The content octets of the serial number, as encoded.
    package var serial: [UInt8] { Array(der[fields.serial]) }
    /// The serial number as a key for comparing, nil when it is not positive and at most 20 octets.
    package var serialNumber: SerialNumber? { SerialNumber(der, fields.serial) }
    package var issuer: DistinguishedName { fields.issuer }
    package var subject: DistinguishedName { fields.subject }
    /// The issuer name as encoded.
    package var issuerDER: [UInt8] { Array(der[fields.issuerRange]) }
    /// The subject name as encoded.
    package var subjectDER: [UInt8] { Array(der[fields.subjectRange]) }
    /// First second of validity.
    package var notBefore: UnixTime { fields.notBefore }
    /// Last second of validity, inclusive.
    package var notAfter: UnixTime { fields.notAfter }
    /// The SubjectPublicKeyInfo as encoded.
    package var spki: [UInt8] { Array(der[fields.spki]) }
    package var publicKeyKind: PublicKeyKind { fields.publicKeyKind }
    /// The dotted algorithm the certificate is signed with.
    package var signatureAlgorithm: String { fields.signatureAlgorithm }
    /// What the signature covers: the TBSCertificate as encoded.
    package var signedBytes: [UInt8] { Array(der[fields.signed]) }
    /// The outer AlgorithmIdentifier as encoded.
    package var algorithmIdentifier: [UInt8] { Array(der[fields.algorithmIdentifier]) }
    package var signature: [UInt8] { Array(der[fields.signature]) }
    /// True when basicConstraints says so.
    package var isAuthority: Bool { fields.extensions.isAuthority }
    package var pathLength: Int? { fields.extensions.pathLength }
    package var keyUsage: KeyUsage? { fields.extensions.keyUsage }
    /// The purposes, dotted; nil without the extension.
    package var extendedKeyUsage: [String]? { fields.extensions.extendedKeyUsage }
    /// Critical extensions that nothing here understands.
    package var criticalUnknown: [String] { fields.extensions.criticalUnknown }
    package var qcStatements: QCStatements? { fields.extensions.qcStatements }
    package var subjectKeyIdentifier: [UInt8]? { fields.extensions.subjectKeyIdentifier.map { Array(der[$0]) } }
    package var authorityKeyIdentifier: [UInt8]? {
        fields.extensions.authorityKeyIdentifier?.key.map { Array(der[$0]) }
    }
    /// The URIs of the cRLDistributionPoints.
    package var crlDistributionPoints: [String] { fields.extensions.crlDistributionPoints.uris }
    /// What is wrong with it, in the order met.
    package var defects: [CertificateDefect] { fields.defects }

    /// True when issuer and subject are the same name.
    package var isSelfIssued: Bool { der[fields.issuerRange].elementsEqual(der[fields.subjectRange]) }

    /// True when it looks self-signed: its own issuer, and where key identifiers say who signed, that is itself.
    package var isAnchor: Bool {
        guard isSelfIssued else { return false }
        guard let signer = authorityKeyIdentifier, let own = subjectKeyIdentifier else { return true }
        return signer == own
    }

    /// True from notBefore to notAfter, both included (RFC 5280 §4.1.2.5).
    package func isValid(at now: UnixTime) -> Bool { now >= notBefore && now <= notAfter }

    /// The organizationIdentifier of the subject, when there is one of a known form.
    package var organisationIdentifier: OrganisationIdentifier? {
        subject.organisationIdentifier.flatMap(OrganisationIdentifier.init)
    }
}

extension Certificate: Equatable {
    package static func == (left: Certificate, right: Certificate) -> Bool { left.der == right.der }
}
