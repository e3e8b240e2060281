import PKIX
import Testing

@Suite struct CertificateProfileTests {
    static let transport = [OID.serverAuth, OID.clientAuth]

    static func statements(_ type: String?, psd2: Bool = true) -> [UInt8] {
        let types = type.map { DER.sequence(DER.oid(OID.qcType), DER.sequence(DER.oid($0))) } ?? []
        let roles = QCStatementsTests.psd2(DER.sequence(QCStatementsTests.pair(.accountInformation)))
        return DER.extensionItem(OID.qcStatements, DER.sequence(types, psd2 ? roles : []))
    }

    struct Row: CustomTestStringConvertible, Sendable {
        let name: String
        let der: [UInt8]
        let fromDirectory: CertificateProfile
        let fromOthers: CertificateProfile
        init(
            _ name: String,
            purposes: [String],
            _ statements: [UInt8]?,
            unit: Bool = true,
            _ a: CertificateProfile,
            _ b: CertificateProfile
        ) {
            (self.name, fromDirectory, fromOthers) = (name, a, b)
            der =
                UnsignedCertificate {
                    $0.extensions = [UnsignedCertificate.extendedKeyUsage(purposes)] + (statements.map { [$0] } ?? [])
                    if !unit {
                        $0.subject = DER.name(
                            ("2.5.4.6", DER.printable("GB")),
                            ("2.5.4.3", DER.printable("0015800001041REAAY"))
                        )
                    }
                }.der
        }
        var testDescription: String { name }
    }

    @Test(
        "classifies",
        arguments: [
            Row("unit and TLS purposes", purposes: transport, nil, .legacyTransport, .unknown),
            Row("unit and signing purpose", purposes: [OID.documentSigning], nil, .legacySigning, .unknown),
            Row("unit and both", purposes: [OID.clientAuth, OID.documentSigning], nil, .legacySigning, .unknown),
            Row("unit and server only", purposes: [OID.serverAuth], nil, .unknown, .unknown),
            Row("no unit", purposes: transport, nil, unit: false, .unknown, .unknown),
            Row("PSD2 and web", purposes: transport, statements(OID.qcTypeWeb), unit: false, .obwac, .qwac),
            Row("PSD2 and web with a unit", purposes: transport, statements(OID.qcTypeWeb), .obwac, .qwac),
            Row(
                "PSD2 and seal",
                purposes: [OID.documentSigning],
                statements(OID.qcTypeESeal),
                unit: false,
                .obseal,
                .qseal
            ),
            Row(
                "PSD2 and seal with TLS purposes",
                purposes: transport,
                statements(OID.qcTypeESeal),
                unit: false,
                .obseal,
                .qseal
            ),
            Row(
                "PSD2 and signature",
                purposes: transport,
                statements(OID.qcTypeESign),
                unit: false,
                .unknown,
                .unknown
            ),
            Row("PSD2 and no type", purposes: transport, statements(nil), unit: false, .unknown, .unknown),
            Row(
                "web without PSD2",
                purposes: transport,
                statements(OID.qcTypeWeb, psd2: false),
                unit: false,
                .unknown,
                .unknown
            ),
        ]
    )
    func classifies(_ row: Row) throws {
        let certificate = try Certificate.decode(row.der)
        #expect(CertificateProfile.classify(certificate, issuedByDirectory: true) == row.fromDirectory)
        #expect(CertificateProfile.classify(certificate, issuedByDirectory: false) == row.fromOthers)
    }

    @Test func onlyThreeProfilesAreForTransport() {
        #expect(CertificateProfile.allCases.filter(\.isTransport) == [.legacyTransport, .obwac, .qwac])
    }
}
