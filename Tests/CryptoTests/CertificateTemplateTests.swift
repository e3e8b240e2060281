@testable import Crypto
import Encoding
import Testing

struct CertificateTemplateTests {
    private func template() -> CertificateTemplate {
        CertificateTemplate(
            subject: Fixture.leafName,
            publicKey: Fixture.p256.publicKey,
            notBefore: Fixture.start,
            notAfter: Fixture.end
        )
    }

    @Test("roles flat, as in the directory's certificates of 2019, and nested, as ETSI has them")
    func roles() throws {
        var statements = QCStatementsTemplate()
        statements.roles = [.paymentInitiation, .accountInformation]
        let pisp = "0607040081982701020c065053505f5049"
        let aisp = "0607040081982701030c065053505f4149"
        let authority = "0c1b46696e616e6369616c20436f6e6475637420417574686f72697479" + "0c0647422d464341"
        statements.isFlat = true
        #expect(Hex.encode(try statements.der()).hasSuffix("30243022" + pisp + aisp + authority))
        statements.isFlat = false
        #expect(Hex.encode(try statements.der()).hasSuffix("3026" + "3011" + pisp + "3011" + aisp + authority))
    }

    @Test("qualified, typed and unknown statements")
    func statements() throws {
        var statements = QCStatementsTemplate()
        statements.isQualified = true
        statements.kinds = [.seal]
        statements.roles = nil
        statements.unknown = ["1.2.3"]
        let unknown = "3004" + "06022a03"
        let compliance = "3008" + "060604008e460101"
        let type = "3013" + "060604008e460106" + "3009" + "060704008e46010602"
        #expect(Hex.encode(try statements.der()) == "3025" + unknown + compliance + type)
    }

    @Test("names hold every string type, and several attributes in one relative name")
    func names() throws {
        let name = NameTemplate(relativeNames: [
            [.country("GB")], [.commonName("é", .utf8), .organizationalUnit("é", .bmp)],
            [.organizationIdentifier("PSDGB-FCA-1")],
        ])
        let expected =
            "303b" + "310b3009" + "0603550406" + "13024742" + "3116" + "3009" + "0603550403" + "0c02c3a9" + "3009"
            + "060355040b" + "1e0200e9" + "3114" + "3012" + "0603550461" + "130b50534447422d4643412d31"
        #expect(Hex.encode(try name.der()) == expected)
    }

    @Test("key usage is a bit string without trailing zeros")
    func usage() throws {
        var template = template()
        template.hasSubjectKeyIdentifier = false
        template.hasAuthorityKeyIdentifier = false
        let rows: [(CertificateTemplate.Usage, String)] = [
            ([.digitalSignature], "03020780"), ([.digitalSignature, .nonRepudiation], "030206c0"),
            ([.certificateSigning, .listSigning], "03020106"), ([], "030100"),
        ]
        for (usage, hex) in rows {
            template.keyUsage = usage
            let extensions = try template.extensions(issuer: Fixture.rsa.publicKey)
            #expect(extensions.map { Hex.encode($0.value) } == [hex])
            #expect(extensions[0].isCritical)
        }
    }

    @Test("what is no identifier or address is said, not written")
    func faults() {
        var wrong = template()
        wrong.extendedKeyUsage = ["clientAuth"]
        #expect(throws: TemplateFault.objectIdentifier("clientAuth")) { try wrong.issue(by: Fixture.rsa) }
        wrong = template()
        wrong.alternativeNames = [.address("localhost")]
        #expect(throws: TemplateFault.address("localhost")) { try wrong.issue(by: Fixture.rsa) }
    }

    @Test("a list is signed over its own bytes", arguments: [Fixture.rsa, Fixture.p256])
    func list(_ key: PrivateKey) throws {
        var template = CRLTemplate(
            issuer: Fixture.issuerName,
            number: 300,
            thisUpdate: Fixture.start,
            nextUpdate: Fixture.end
        )
        template.entries = [
            CRLTemplate.Entry(serial: [0x59, 0xC6], at: Fixture.start, reason: 1),
            CRLTemplate.Entry(serial: [7], at: Fixture.start),
        ]
        let der = try template.issue(by: key)
        let parts = try Self.elements(in: Self.elements(in: ByteSlice(der))[0])
        let algorithm = try #require(CertificateSignatureAlgorithm(parts[1].whole.bytes))
        #expect(algorithm == (key === Fixture.rsa ? .rsaSHA256 : .ecdsaSHA256))
        let signature = parts[2].content[1..<parts[2].content.count]
        let verifier = SignatureVerifier()
        #expect(verifier.verify(signature, over: parts[0].whole, with: key.publicKey, certificate: algorithm))
        #expect(
            !verifier.verify(signature, over: parts[0].whole, with: Fixture.otherRSA.publicKey, certificate: algorithm)
        )
        let fields = try Self.elements(in: parts[0])
        #expect(fields.map { $0.whole[0] } == [0x02, 0x30, 0x30, 0x17, 0x17, 0x30, 0xA0])
        #expect(Hex.encode(fields[5].content.bytes).hasPrefix("3021" + "020259c6"))
        #expect(Hex.encode(fields[6].content.bytes).hasSuffix("300b" + "0603551d14" + "0404" + "0202012c"))
    }

    private struct Element {
        let whole: ByteSlice
        let content: ByteSlice
    }

    private static func elements(in element: Element) throws -> [Element] { try elements(in: element.content) }

    /// The elements that lie one after another in `bytes`.
    private static func elements(in bytes: ByteSlice) throws -> [Element] {
        var elements: [Element] = []
        var at = 0
        while at < bytes.count {
            let (head, count) =
                switch bytes[at + 1] {
                case 0x82: (4, Int(bytes[at + 2]) << 8 | Int(bytes[at + 3]))
                case 0x81: (3, Int(bytes[at + 2]))
                default: (2, Int(bytes[at + 1]))
                }
            let end = at + head + count
            elements.append(Element(whole: bytes[at..<end], content: bytes[at + head..<end]))
            at = end
        }
        return elements
    }
}
