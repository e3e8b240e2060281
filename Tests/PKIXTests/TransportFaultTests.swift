import PKIX
import Testing

/// The checks made on the certificate alone, each with one certificate that fails only it.
@Suite struct TransportFaultTests {
    static let usage = UnsignedCertificate.keyUsage([0x80], unused: 7)
    static let purposes = UnsignedCertificate.extendedKeyUsage([OID.serverAuth, OID.clientAuth])
    static let record = ChainRecord(isTrusted: true, issuedByDirectory: true)

    struct Row: CustomTestStringConvertible, Sendable {
        let name: String
        let der: [UInt8]
        let faults: [TransportFault]
        init(_ name: String, _ faults: [TransportFault], _ change: (inout UnsignedCertificate) -> Void) {
            (self.name, self.faults, der) = (name, faults, UnsignedCertificate(change).der)
        }
        var testDescription: String { name }
    }

    @Test(
        "finds exactly",
        arguments: [
            Row("nothing in a good one", []) { _ in },
            Row("an authority as leaf", [.notLeaf]) {
                $0.extensions?.append(UnsignedCertificate.basicConstraints(authority: true))
            },
            Row("nothing in a leaf that says so", []) {
                $0.extensions?.append(UnsignedCertificate.basicConstraints(authority: false))
            },
            Row("its own issuer", [.selfIssued]) { $0.issuer = $0.subject },
            Row("version 1", [.version1, .keyUsageMissing, .extendedKeyUsageMissing]) {
                ($0.version, $0.extensions) = ([], nil)
            },
            Row("serial zero", [.serial]) { $0.serial = DER.integer([0]) },
            Row("serial negative", [.serial]) { $0.serial = DER.integer([0xF0]) },
            Row("serial long and negative", [.serial]) {
                $0.serial = DER.integer([0x90] + [UInt8](repeating: 1, count: 20))
            },
            Row("unknown critical extension", [.unknownCritical(["1.2.3"])]) {
                $0.extensions?.append(DER.extensionItem("1.2.3", critical: true, DER.null))
            },
            Row("a certificate transparency poison", [.unknownCritical(["1.3.6.1.4.1.11129.2.4.3"])]) {
                $0.extensions?.append(DER.extensionItem("1.3.6.1.4.1.11129.2.4.3", critical: true, DER.null))
            },
            Row("policy constraints nobody processes", [.unknownCritical(["2.5.29.36"])]) {
                $0.extensions?.append(DER.extensionItem("2.5.29.36", critical: true, DER.sequence()))
            },
            Row("garbage authority information", [.malformedExtension(OID.authorityInformation)]) {
                $0.extensions?.append(DER.extensionItem(OID.authorityInformation, DER.octets([1])))
            },
            Row("no keyUsage", [.keyUsageMissing]) { $0.extensions = [purposes] },
            Row("keyUsage without digitalSignature", [.digitalSignatureMissing]) {
                $0.extensions = [UnsignedCertificate.keyUsage([0x20], unused: 5), purposes]
            },
            Row("keyUsage that signs certificates", [.authorityKeyUsage]) {
                $0.extensions = [UnsignedCertificate.keyUsage([0x84], unused: 2), purposes]
            },
            Row("no purposes", [.extendedKeyUsageMissing]) { $0.extensions = [usage] },
            Row("an empty list of purposes", [.malformedExtension(OID.extendedKeyUsage), .extendedKeyUsageMissing]) {
                $0.extensions = [usage, UnsignedCertificate.extendedKeyUsage([])]
            },
            Row("server only", [.clientAuthMissing]) {
                $0.extensions = [usage, UnsignedCertificate.extendedKeyUsage([OID.serverAuth])]
            },
            Row("any purpose", [.anyExtendedKeyUsage, .clientAuthMissing]) {
                $0.extensions = [usage, UnsignedCertificate.extendedKeyUsage([OID.anyExtendedKeyUsage])]
            },
            Row("any purpose beside the right one", [.anyExtendedKeyUsage]) {
                $0.extensions = [
                    usage, UnsignedCertificate.extendedKeyUsage([OID.anyExtendedKeyUsage, OID.clientAuth]),
                ]
            },
            Row("a signing certificate", [.documentSigning, .clientAuthMissing]) {
                $0.extensions = [usage, UnsignedCertificate.extendedKeyUsage([OID.documentSigning])]
            },
            Row("RSA of 1,024 bits", [.weakKey(.rsa(bits: 1_024))]) {
                $0.key = UnsignedCertificate.rsaKey(bits: 1_024)
            },
            Row("RSA of 2,047 bits", [.weakKey(.rsa(bits: 2_047))]) {
                $0.key = UnsignedCertificate.rsaKey(bits: 2_047)
            },
            Row("RSA of 2,052 bits", [.weakKey(.rsa(bits: 2_052))]) {
                $0.key = UnsignedCertificate.rsaKey(bits: 2_052)
            },
            Row("P-192", [.weakKey(.ellipticCurve("1.2.840.10045.3.1.1"))]) {
                $0.key = UnsignedCertificate.curveKey("1.2.840.10045.3.1.1")
            },
            Row("a DSA key", [.weakKey(.other("1.2.840.10040.4.1"))]) {
                $0.key = DER.sequence(DER.sequence(DER.oid("1.2.840.10040.4.1")), DER.bits([2, 1, 1]))
            },
            Row("a point that is on no curve", [.unusableKey("ec_not_on_curve")]) {
                $0.key = UnsignedCertificate.curveKey(OID.p256)
            },
            Row("SHA-1", [.weakSignature("1.2.840.113549.1.1.5")]) {
                $0.innerAlgorithm = UnsignedCertificate.algorithm("1.2.840.113549.1.1.5")
            },
            Row("MD5", [.weakSignature("1.2.840.113549.1.1.4")]) {
                $0.innerAlgorithm = UnsignedCertificate.algorithm("1.2.840.113549.1.1.4")
            },
            Row("algorithms that differ", [.algorithmMismatch]) {
                $0.innerAlgorithm = UnsignedCertificate.algorithm("1.2.840.113549.1.1.5")
                $0.outerAlgorithm = UnsignedCertificate.algorithm(OID.sha256WithRSA)
            },
            Row("reversed validity", [.validityReversed]) { $0.notAfter = DER.utcTime("200101000000Z") },
            Row("no issuer", [.issuerEmpty]) { $0.issuer = DER.sequence() },
        ]
    )
    func finds(_ row: Row) throws {
        let certificate = try Certificate.decode(row.der)
        let vetted = TransportCertificate(certificate: certificate, persistedChain: Self.record)
        #expect(vetted.faults == row.faults)
        #expect(vetted.chainRecord == Self.record)
    }
}
