import Crypto
import Encoding
import PKIX
import Scores
import Testing

/// Real certificates of the directory's sandbox, 2019 to 2026.
@Suite(.enabled(if: Vectors.arePresent, Vectors.absence)) struct OpenBankingCertificateTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let file: String
        let profile: CertificateProfile
        let commonName: String
        var testDescription: String { file }
        init(_ file: String, _ profile: CertificateProfile, _ commonName: String) {
            (self.file, self.profile, self.commonName) = (file, profile, commonName)
        }
        var path: String { "openbanking/certificates/\(file).pem" }
    }

    static let rows = [
        Row("2019-07-18_AsYRJJBTk2piNOVmac7fXU2TcMA", .legacyTransport, "Qeyb9TC0IzLympA9mKoSQ0"),
        Row("2020-06-17_DwMKdWMmj7PWinvoqfQyXVzyZ6Q", .legacySigning, "9b5usDpbNtmxDcTzs7GzKp"),
        Row("2020-10-22_qx6H1HsqkwPUJRKMZUSpkAg-Wf0", .legacyTransport, "ebSqTNqmQXFYz6VtWGXZAa"),
        Row("2020-12-21_dvnbxZqOhnkd-YPszjBl7X0yhaQ", .obwac, "0015800001041REAAY"),
        Row("2021-02-08_2MI9XSKi6ddxCbWg2rhDNtUlxJc", .legacySigning, "sgsMuc8ACBgBzinpr8oJ8B"),
        Row("2021-02-08_s5FSlXkhKZ1i9AKalHwbuUbejmc", .legacyTransport, "sgsMuc8ACBgBzinpr8oJ8B"),
        Row("2021-06-25_1u9W87TspnK-yTihTMS9HY-pGdI", .legacyTransport, "jFQuQ4eQbNCMSqdCog21nF"),
        Row("2021-06-25_ONPCvaOXf1mpVck8MbE6l29y3o0", .legacySigning, "jFQuQ4eQbNCMSqdCog21nF"),
        Row("2021-09-08_GqhKVTANnLMYpGGfAtJ1Nhdkgjw", .legacySigning, "u3ZWlf9Yt42dyZgIvzkvqb"),
        Row("2021-09-08__wRpIDvMXGHSYn-p5lAV4D86kW0", .legacyTransport, "u3ZWlf9Yt42dyZgIvzkvqb"),
        Row("2022-03-16_4BnTizu7dGB66Eti9Ze4vzdsNeg", .legacyTransport, "oQ4KoaavpOuoE7rvQsZEOV"),
        Row("2022-03-16_w7NFeMODzCMOZen_WECAlG9N8gg", .legacySigning, "oQ4KoaavpOuoE7rvQsZEOV"),
        Row("2023-04-17_TKHsPIIGBAJoSqEEgAfLWK3iCMs", .legacyTransport, "oQ4KoaavpOuoE7rvQsZEOV"),
        Row("2023-04-17_h3ZCF0VrzgXgnHCqbHbKXzzfjTg", .legacySigning, "oQ4KoaavpOuoE7rvQsZEOV"),
        Row("2024-05-29_41uFt7QcUzeWoEWO3slUAGfXk8Y", .obwac, "0015800001HQQrZAAX"),
        Row("2024-05-29_cIYo-5zX4OTWZpHrmmiZDVxACJM", .obseal, "0015800001HQQrZAAX"),
        Row("2024-06-19_VMGtZe0pwBpP8I2QgqoLvK1TMo4", .obwac, "0015800001HQQrZAAX"),
        Row("2025-06-23_sCekNgSWIauQ34klRhDGqfwpjc4", .legacySigning, "oQ4KoaavpOuoE7rvQsZEOV"),
        Row("2025-06-23_ztDjNGnLwZ48M1ibdMNOiQwQLsQ", .legacyTransport, "oQ4KoaavpOuoE7rvQsZEOV"),
        Row("2026-02-02_9OzLGA1T9hCXqCQt3Y_f9a5JKTI", .obseal, "0015800001HQQrZAAX"),
        Row("2026-02-02_FpGbdOsv5VDDlOzVvH_r39a9_CU", .obwac, "0015800001HQQrZAAX"),
        Row("2026-07-13_8lcKs4ZRUDxOc9AlBOJb1Izwyu0", .legacySigning, "oQ4KoaavpOuoE7rvQsZEOV"),
        Row("2026-07-13_OoJm3cw5CHqIyQc8DKkEPu6H0jg", .legacyTransport, "oQ4KoaavpOuoE7rvQsZEOV"),
    ]

    static func anchors() throws -> TrustAnchors {
        try TrustAnchors.load([
            try Vectors.bytes("openbanking/ca/ob_pp_rootca.pem"),
            try Vectors.bytes("openbanking/ca/ob_pp_issuingca.pem"),
        ])
    }

    @Test("decode and classify", arguments: rows)
    func classify(_ row: Row) throws {
        let certificate = try Certificate.decode(try Vectors.certificate(row.path))
        #expect(certificate.defects.isEmpty)
        #expect(certificate.criticalUnknown.isEmpty)
        #expect(certificate.subject.commonName == row.commonName)
        #expect(certificate.publicKeyKind == .rsa(bits: 2_048))
        #expect(certificate.signatureAlgorithm == OID.sha256WithRSA)
        #expect(certificate.crlDistributionPoints == ["http://ob.trustis.com/ob_pp_issuingca.crl"])
        #expect(certificate.fingerprint == SHA256Digest.of(certificate.der))
        #expect(certificate.isValid(at: (certificate.notBefore + certificate.notAfter) / 2))
        let isFromDirectory = try Self.anchors().isIssuedByDirectory(certificate)
        #expect(isFromDirectory)
        #expect(CertificateProfile.classify(certificate, issuedByDirectory: isFromDirectory) == row.profile)
    }

    @Test("trace to the sandbox root", arguments: rows)
    func trace(_ row: Row) throws {
        let anchors = try Self.anchors()
        let vetted = try anchors.vet(try Vectors.certificate(row.path))
        let chain = try vetted.chain.get()
        #expect(vetted.profile == row.profile)
        #expect(chain.issuers == [anchors.directory[1].fingerprint, anchors.directory[0].fingerprint])
        #expect(chain.isValid(at: (vetted.certificate.notBefore + vetted.certificate.notAfter) / 2))
        #expect(Timestamp.day(chain.notAfter) == "2027-09-22", "the issuing authority ends before the root")
        #expect(vetted.faults == (row.profile.isTransport ? [] : [.documentSigning, .clientAuthMissing]))
        #expect(vetted.psd2Roles.isEmpty == (row.profile != .obwac && row.profile != .obseal))
        let again = TransportCertificate(certificate: vetted.certificate, persistedChain: vetted.chainRecord)
        #expect(again.chain == vetted.chain)
        #expect(again.profile == vetted.profile)
        #expect(again.faults == vetted.faults)
    }

    @Test("what a verdict asks of one is what it says at length", arguments: rows)
    func traits(_ row: Row) throws {
        let vetted = try Self.anchors().vet(try Vectors.certificate(row.path))
        let (traits, certificate) = (vetted.traits, vetted.certificate)
        let chain = try vetted.chain.get()
        #expect(traits.hasPath && traits.hasUsableKey)
        #expect(traits.isFaultless == vetted.faults.isEmpty)
        #expect(traits.keyIdentity == SHA256Digest.of(certificate.spki))
        #expect((traits.issuersNotBefore, traits.issuersNotAfter) == (chain.notBefore, chain.notAfter))
        for time in [certificate.notBefore - 1, certificate.notBefore, certificate.notAfter, certificate.notAfter + 1] {
            #expect(traits.isValid(at: time) == certificate.isValid(at: time))
            #expect(traits.issuersAreValid(at: time) == chain.isValid(at: time))
        }
        let (psd2, statement) = (traits.psd2, certificate.qcStatements?.psd2)
        #expect(psd2.hasStatement == (statement != nil))
        #expect(psd2.isForWeb == (certificate.qcStatements?.qcTypes.contains(.web) == true))
        #expect(psd2.hasIdentifier == (certificate.organisationIdentifier?.scheme == .psd))
        #expect(
            PSD2Role.allCases.filter { psd2.holds($0) } == PSD2Role.allCases.filter { vetted.psd2Roles.contains($0) }
        )
        #expect(psd2.isWithoutRoles == vetted.psd2Roles.isEmpty)
        #expect(
            psd2.namesTwoAuthorities
                == (statement.map { $0.ncaID != certificate.organisationIdentifier?.ncaID } ?? false)
        )
        #expect(vetted.names.commonName == certificate.subject.commonName)
        #expect(vetted.names.organisationalUnit == certificate.subject.organisationalUnit)
        #expect(vetted.names.organisation == certificate.subject.organisation)
        #expect(vetted.names.country == certificate.subject.country)
        #expect(vetted.names.organisationIdentifier == certificate.subject.organisationIdentifier)
    }

    @Test("without a path nobody above it is ever valid")
    func traitsWithoutPath() throws {
        let anchors = try TrustAnchors.load([try Vectors.bytes("openbanking/ca/ob_production_rootca_2017.pem")])
        let traits = try anchors.vet(try Vectors.certificate(Self.rows[20].path)).traits
        #expect(!traits.hasPath)
        for time: UnixTime in [.min, 0, 1_700_000_000, .max] { #expect(!traits.issuersAreValid(at: time)) }
    }

    @Test("all are what the directory made them, and the transport certificates are fit")
    func score() throws {
        let anchors = try Self.anchors()
        let missed = try Self.rows.filter { row in
            let vetted = try anchors.vet(try Vectors.certificate(row.path))
            guard case .success = vetted.chain, vetted.profile == row.profile else { return true }
            return vetted.faults.isEmpty != row.profile.isTransport
        }
        #expect(missed.map(\.file) == [])
        Score(
            "open banking certificates",
            passed: Self.rows.count - missed.count,
            of: Self.rows.count,
            falseRejects: missed.map(\.file),
            note: "path to the sandbox root, profile, fitness"
        ).record()
    }

    @Test("the production root does not vouch for the sandbox") func otherEnvironment() throws {
        let anchors = try TrustAnchors.load([try Vectors.bytes("openbanking/ca/ob_production_rootca_2017.pem")])
        let vetted = try anchors.vet(
            try Vectors.certificate(Self.rows[20].path),
            extra: try Self.anchors().directory.map(\.der)
        )
        #expect(throws: ChainRefusal.self) { try vetted.chain.get() }
        #expect(!vetted.issuedByDirectory)
    }

    @Test("the index agrees") func index() throws {
        let lines = try Vectors.text("openbanking/certificates/INDEX.tsv").split(separator: "\n").dropFirst()
        #expect(lines.count == Self.rows.count)
        for line in lines {
            let columns = line.split(separator: "\t").map(String.init)
            let row = try #require(Self.rows.first { $0.file == "\(columns[0])_\(columns[2])" })
            let certificate = try Certificate.decode(try Vectors.certificate(row.path))
            #expect(Timestamp.day(certificate.notBefore) == columns[0])
            #expect(Timestamp.day(certificate.notAfter) == columns[1])
            #expect(try DistinguishedName.parse(rfc4514: columns[3]).matches(certificate.subject))
            #expect(certificate.serialNumber?.description == columns[4].lowercased())
            #expect(try thumbprint(certificate) == columns[2])
        }
    }

    /// The directory's key id: base64url of the SHA-1 of the canonical JWK (RFC 7638).
    private func thumbprint(_ certificate: Certificate) throws -> String {
        guard case .rsa(let modulus, let exponent) = try PublicKey.spki(certificate.spki).material else { return "" }
        let jwk = #"{"e":"\#(Base64URL.encode(exponent))","kty":"RSA","n":"\#(Base64URL.encode(modulus))"}"#
        return Base64URL.encode(Digest.sha1(Array(jwk.utf8)))
    }

    @Test func statementsOfAnOrganisationCertificate() throws {
        let certificate = try Certificate.decode(
            try Vectors.certificate("openbanking/certificates/2026-02-02_FpGbdOsv5VDDlOzVvH_r39a9_CU.pem")
        )
        let statement = try #require(certificate.qcStatements?.psd2)
        #expect(statement.roles == [.paymentInitiation, .accountInformation, .cardBasedInstruments])
        #expect(!statement.isFlattened)
        #expect(statement.ncaName == "Financial Conduct Authority")
        #expect(statement.ncaID == "GB-FCA")
        #expect(
            certificate.organisationIdentifier?.ncaID == "GB-OB",
            "the sandbox names itself where it names the FCA beside"
        )
        #expect(certificate.organisationIdentifier?.identifier == "Unknown0015800001HQQrZAAX")
        #expect(certificate.qcStatements?.hasCompliance == false)
    }

    @Test func aTestCertificateOfAQualifiedProvider() throws {
        let certificate = try Certificate.decode(
            try Vectors.certificate("openbanking/certificates/dtrust-test-qwac-PSDDE-BAFIN-104114.pem")
        )
        #expect(certificate.qcStatements?.hasCompliance == true)
        #expect(certificate.qcStatements?.psd2?.roles == [.accountServicing, .accountInformation, .paymentInitiation])
        #expect(certificate.organisationIdentifier?.ncaID == "DE-BAFIN")
        #expect(certificate.crlDistributionPoints.count == 2)
        let isFromDirectory = try Self.anchors().isIssuedByDirectory(certificate)
        #expect(CertificateProfile.classify(certificate, issuedByDirectory: isFromDirectory) == .qwac)
    }

    struct Authority: CustomTestStringConvertible, Sendable {
        let file: String
        let fingerprint: String?
        let pathLength: Int?
        let bits: Int
        let subject: String
        var testDescription: String { file }
    }

    @Test(
        "authorities",
        arguments: [
            Authority(
                file: "ob_pp_rootca",
                fingerprint: "73244e0d1f5b01c5f6e5a1a02a18ac6710014f2cafa30a535287fe37a370742f",
                pathLength: nil,
                bits: 4_096,
                subject: "CN=OpenBanking Pre-Production Root CA,O=OpenBanking,C=GB"
            ),
            Authority(
                file: "ob_pp_issuingca",
                fingerprint: "77cf9b6df100fc4be53806f1564ab63ceffbc1b001eb1fc4a6661c0b582ffc37",
                pathLength: 0,
                bits: 2_048,
                subject: "CN=OpenBanking Pre-Production Issuing CA,O=OpenBanking,C=GB"
            ),
            Authority(
                file: "ob_production_rootca_2017",
                fingerprint: nil,
                pathLength: nil,
                bits: 4_096,
                subject: "CN=OpenBanking Root CA,O=OpenBanking,C=GB"
            ),
        ]
    )
    func authority(_ row: Authority) throws {
        let certificate = try Certificate.decode(try Vectors.certificate("openbanking/ca/\(row.file).pem"))
        if let fingerprint = row.fingerprint { #expect(certificate.fingerprint.hex == fingerprint) }
        #expect(certificate.isAuthority)
        #expect(certificate.pathLength == row.pathLength)
        #expect(certificate.keyUsage == [.keyCertSign, .crlSign])
        #expect(certificate.publicKeyKind == .rsa(bits: row.bits))
        #expect(certificate.subject.rfc4514 == row.subject)
        #expect(certificate.defects.isEmpty)
    }
}
