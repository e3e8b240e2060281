import PKIX
import Testing

@Suite struct CertificateDecodeTests {
    struct Refusal: CustomTestStringConvertible, Sendable {
        let name: String
        let der: [UInt8]
        let code: String
        init(_ name: String, _ code: String, _ change: (inout UnsignedCertificate) -> Void) {
            (self.name, self.code, der) = (name, code, UnsignedCertificate(change).der)
        }
        init(_ name: String, _ code: String, der: [UInt8]) { (self.name, self.code, self.der) = (name, code, der) }
        var testDescription: String { name }
    }

    static let usage = UnsignedCertificate.keyUsage([0x80], unused: 7)

    @Test(
        "refuses",
        arguments: [
            Refusal("nothing", "der_truncated", der: []),
            Refusal("text", "der_tag", der: Array("hello".utf8)),
            Refusal("bytes left over", "der_trailing_bytes") { $0.trailing = [0] },
            Refusal("more than 8 KiB", "certificate_too_large") { $0.trailing = [UInt8](repeating: 0, count: 8_192) },
            Refusal("version 4", "der_integer") { $0.version = DER.element(0xA0, DER.integer([3])) },
            Refusal("a negative version", "der_integer") { $0.version = DER.element(0xA0, DER.integer([0xFF])) },
            Refusal("two versions", "der_trailing_bytes") {
                $0.version = DER.element(0xA0, DER.integer([2]), DER.integer([2]))
            },
            Refusal("no serial", "der_tag") { $0.serial = [] },
            Refusal("an empty serial", "der_integer") { $0.serial = [2, 0] },
            Refusal("a padded serial", "der_integer") { $0.serial = [2, 2, 0, 1] },
            Refusal("a long-form length", "der_length_not_minimal") { $0.serial = [2, 0x81, 1, 1] },
            Refusal("an indefinite length", "der_indefinite_length") { $0.issuer = [0x30, 0x80, 0, 0] },
            Refusal("a time with a fraction", "der_time") { $0.notAfter = DER.generalizedTime("20270202044410.5Z") },
            Refusal("a time without seconds", "der_time") { $0.notAfter = DER.utcTime("2702020444Z") },
            Refusal("a time with an offset", "der_time") { $0.notAfter = DER.utcTime("270202044410+0100") },
            Refusal("a thirtieth of February", "der_time") { $0.notAfter = DER.utcTime("270230044410Z") },
            Refusal("a text for a time", "der_time") { $0.notAfter = DER.utf8("270202044410Z") },
            Refusal("a NUL in the subject", "dn_control_character") {
                $0.subject = DER.name(("2.5.4.3", DER.utf8("bank\u{0}.evil")))
            },
            Refusal("a NUL in the issuer", "dn_control_character") {
                $0.issuer = DER.name(("2.5.4.3", DER.utf8("bank\u{0}")))
            },
            Refusal("a key of no bits", "der_bit_string") {
                $0.key = DER.sequence(UnsignedCertificate.algorithm(OID.rsaEncryption), [3, 0])
            },
            Refusal("an RSA key that is no SEQUENCE", "der_tag") {
                $0.key = DER.sequence(UnsignedCertificate.algorithm(OID.rsaEncryption), DER.bits([4, 0]))
            },
            Refusal("an elliptic key without its curve", "der_truncated") {
                $0.key = DER.sequence(DER.sequence(DER.oid(OID.ecPublicKey)), DER.bits([4, 0]))
            },
            Refusal("an extension twice", "certificate_duplicate_extension") { $0.extensions = [usage, usage] },
            Refusal("an unknown extension twice", "certificate_duplicate_extension") {
                $0.extensions = [DER.extensionItem("1.2.3", DER.null), DER.extensionItem("1.2.3", DER.null)]
            },
            Refusal("no extensions where there should be", "der_truncated") { $0.extensions = [] },
            Refusal("an extension that is no SEQUENCE", "der_tag") { $0.extensions = [DER.null] },
            Refusal("critical that is neither", "der_boolean") {
                $0.extensions = [DER.sequence(DER.oid(OID.keyUsage), [1, 1, 1], DER.octets(DER.null))]
            },
            Refusal("65 extensions", "certificate_too_many_extensions") {
                $0.extensions = (0..<65).map { DER.extensionItem("1.2.\($0)", DER.null) }
            },
        ]
    )
    func refuses(_ row: Refusal) {
        let fault = #expect(throws: CertificateFault.self) { try Certificate.decode(row.der) }
        #expect(fault?.code == row.code)
    }

    struct Defect: CustomTestStringConvertible, Sendable {
        let name: String
        let der: [UInt8]
        let defects: [CertificateDefect]
        init(_ name: String, _ defects: [CertificateDefect], _ change: (inout UnsignedCertificate) -> Void) {
            (self.name, self.defects, der) = (name, defects, UnsignedCertificate(change).der)
        }
        var testDescription: String { name }
    }

    @Test(
        "describes with defects",
        arguments: [
            Defect("nothing wrong", []) { _ in },
            Defect("version 1", [.notVersion3]) { ($0.version, $0.extensions) = ([], nil) },
            Defect("version 1 written out", [.explicitDefault, .notVersion3]) {
                ($0.version, $0.extensions) = (DER.element(0xA0, DER.integer([0])), nil)
            },
            Defect("version 2", [.notVersion3]) { $0.version = DER.element(0xA0, DER.integer([1])) },
            Defect("serial zero", [.serialZero]) { $0.serial = DER.integer([0]) },
            Defect("serial negative", [.serialNegative]) { $0.serial = DER.integer([0x80, 1]) },
            Defect("serial of 21 octets", [.serialTooLong]) {
                $0.serial = DER.integer([UInt8](repeating: 1, count: 21))
            },
            Defect("serial of 20 octets", []) { $0.serial = DER.integer([UInt8](repeating: 1, count: 20)) },
            Defect("algorithms differ", [.algorithmMismatch]) {
                $0.outerAlgorithm = UnsignedCertificate.algorithm(OID.sha512WithRSA)
            },
            Defect("algorithm parameters differ", [.algorithmMismatch]) {
                $0.outerAlgorithm = DER.sequence(DER.oid(OID.sha256WithRSA))
            },
            Defect("ends before it starts", [.validityReversed]) { $0.notAfter = DER.utcTime("250202044410Z") },
            Defect("GeneralizedTime before 2050", [.timeForm]) { $0.notAfter = DER.generalizedTime("20270202044410Z") },
            Defect("GeneralizedTime from 2050", []) { $0.notAfter = DER.generalizedTime("20500101000000Z") },
            Defect("no issuer", [.issuerEmpty]) { $0.issuer = DER.sequence() },
            Defect("critical FALSE written out", [.explicitDefault]) {
                $0.extensions?.append(DER.extensionItem(OID.subjectKeyIdentifier, critical: false, DER.octets([1])))
            },
            Defect("keyUsage that is no BIT STRING", [.malformedExtension(OID.keyUsage)]) {
                $0.extensions = [DER.extensionItem(OID.keyUsage, critical: true, DER.null)]
            },
            Defect("keyUsage with bytes left over", [.malformedExtension(OID.keyUsage)]) {
                $0.extensions = [DER.extensionItem(OID.keyUsage, critical: true, DER.bits([0x80], unused: 7) + [0])]
            },
            Defect("no purposes", [.malformedExtension(OID.extendedKeyUsage)]) {
                $0.extensions = [usage, UnsignedCertificate.extendedKeyUsage([])]
            },
            Defect("garbage for qcStatements", [.malformedExtension(OID.qcStatements)]) {
                $0.extensions?.append(DER.extensionItem(OID.qcStatements, DER.null))
            },
            Defect("authority information that is none", [.malformedExtension(OID.authorityInformation)]) {
                $0.extensions?.append(DER.extensionItem(OID.authorityInformation, DER.octets([0])))
            },
            Defect("an empty authority information", [.malformedExtension(OID.authorityInformation)]) {
                $0.extensions?.append(DER.extensionItem(OID.authorityInformation, DER.sequence()))
            },
        ]
    )
    func describes(_ row: Defect) throws { #expect(try Certificate.decode(row.der).defects == row.defects) }

    @Test func readsEveryField() throws {
        let statements = DER.sequence(QCStatementsTests.web)
        let points = DER.sequence(
            DER.sequence(
                DER.element(
                    0xA0,
                    DER.element(0xA0, DER.element(0x86, Array("http://x/a.crl".utf8)), DER.element(0x82, [0x61]))
                )
            ),
            DER.sequence(DER.element(0xA0, DER.element(0xA0, DER.element(0x86, Array("http://x/b.crl".utf8)))))
        )
        let certificate = try Certificate.decode(
            UnsignedCertificate {
                $0.extensions = [
                    UnsignedCertificate.basicConstraints(authority: true, pathLength: 3),
                    UnsignedCertificate.keyUsage([0x06], unused: 1),
                    UnsignedCertificate.extendedKeyUsage([OID.clientAuth]),
                    DER.extensionItem(OID.subjectKeyIdentifier, DER.octets([1, 2, 3])),
                    DER.extensionItem(OID.authorityKeyIdentifier, DER.sequence(DER.element(0x80, [4, 5]))),
                    DER.extensionItem(OID.crlDistributionPoints, points),
                    DER.extensionItem(OID.qcStatements, statements),
                    DER.extensionItem("1.2.3.4", critical: true, DER.null),
                    DER.extensionItem("1.2.3.5", DER.null),
                ]
            }.der
        )
        #expect(certificate.version == 3)
        #expect(certificate.serial == [0x59, 0xC7, 0x78, 0x6F])
        #expect(certificate.serialNumber?.description == "59c7786f")
        #expect(certificate.issuer.commonName == "OpenBanking Issuing CA")
        #expect(certificate.subject.organisationalUnit == "0015800001041REAAY")
        #expect(certificate.notBefore == 1_770_005_650)
        #expect(certificate.notAfter == 1_801_543_450)
        #expect(certificate.publicKeyKind == .rsa(bits: 2_048))
        #expect(certificate.signatureAlgorithm == OID.sha256WithRSA)
        #expect(certificate.isAuthority)
        #expect(certificate.pathLength == 3)
        #expect(certificate.keyUsage == [.keyCertSign, .crlSign])
        #expect(certificate.extendedKeyUsage == [OID.clientAuth])
        #expect(certificate.subjectKeyIdentifier == [1, 2, 3])
        #expect(certificate.authorityKeyIdentifier == [4, 5])
        #expect(certificate.crlDistributionPoints == ["http://x/a.crl", "http://x/b.crl"])
        #expect(certificate.qcStatements?.qcTypes == [.web])
        #expect(certificate.criticalUnknown == ["1.2.3.4"])
        #expect(certificate.defects.isEmpty)
        #expect(certificate.signature.count == 256)
    }

    @Test func theLastSecondIsIncluded() throws {
        let certificate = try Certificate.decode(UnsignedCertificate().der)
        #expect(!certificate.isValid(at: certificate.notBefore - 1))
        #expect(certificate.isValid(at: certificate.notBefore))
        #expect(certificate.isValid(at: certificate.notAfter))
        #expect(!certificate.isValid(at: certificate.notAfter + 1))
    }
}
