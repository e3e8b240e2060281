import Crypto
import Encoding
import PKIX
import Testing

@Suite struct TrustAnchorsTests {
    @Test func tracesALeafAndKeepsTheVerdict() throws {
        let anchors = try TestAuthority.anchors()
        let vetted = try anchors.vet(try TestAuthority.leaf())
        let chain = try vetted.chain.get()
        #expect(vetted.faults.isEmpty)
        #expect(vetted.profile == .legacyTransport)
        #expect(chain.issuers.count == 2)
        #expect(chain.issuer.flatMap(anchors.certificate)?.subject.commonName == "Test Issuing CA")
        #expect(chain.notBefore == TestAuthority.notBefore + 1_000)
        #expect(chain.notAfter == TestAuthority.notAfter)
        #expect(!chain.isValid(at: TestAuthority.notBefore))
        #expect(chain.isValid(at: TestAuthority.notAfter))
        #expect(!chain.isValid(at: TestAuthority.notAfter + 1))
        let again = TransportCertificate(certificate: vetted.certificate, persistedChain: vetted.chainRecord)
        #expect(again.chain == vetted.chain)
        #expect(again.issuedByDirectory)
    }

    struct Row: CustomTestStringConvertible, Sendable {
        let name: String
        let code: Int
        let depth: Int
        let make: @Sendable () throws -> (bodies: [[UInt8]], leaf: [UInt8])
        init(_ name: String, _ code: Int, depth: Int = 0, _ make: @escaping @Sendable () throws -> ([[UInt8]], [UInt8]))
        {
            (self.name, self.code, self.depth, self.make) = (name, code, depth, make)
        }
        var testDescription: String { name }
    }

    @Test(
        "finds no path",
        arguments: [
            Row("the issuing authority is missing", 20) { ([try TestAuthority.root()], try TestAuthority.leaf()) },
            Row("no key identifier of the issuer", 85) {
                (
                    [try TestAuthority.root(), try TestAuthority.issuing()],
                    try TestAuthority.leaf { $0.hasAuthorityKeyIdentifier = false }
                )
            },
            Row("another key under the issuer's name", 20) {
                (
                    [try TestAuthority.root(), try TestAuthority.issuing()],
                    try TestAuthority.leaf(by: TestAuthority.otherKey)
                )
            },
            Row("a tampered leaf", 7) {
                var leaf = try TestAuthority.leaf()
                let at = try #require(leaf.indices.first { leaf[$0...].starts(with: Array("ebSqTN".utf8)) })
                leaf[at] = UInt8(ascii: "f")
                return ([try TestAuthority.root(), try TestAuthority.issuing()], leaf)
            },
            Row("its own issuer", 18) {
                (
                    [try TestAuthority.root(), try TestAuthority.issuing()],
                    try TestAuthority.leaf(by: TestAuthority.leafKey) { $0.issuer = nil }
                )
            },
            Row("a leaf that is an authority", 10_003) {
                (
                    [try TestAuthority.root(), try TestAuthority.issuing { $0.constraints?.pathLength = nil }],
                    try TestAuthority.leaf { $0.constraints = .init(isAuthority: true) }
                )
            },
            Row("a version 1 leaf", 10_004) {
                ([try TestAuthority.root(), try TestAuthority.issuing()], try TestAuthority.leaf { $0.version = 1 })
            },
            Row("a SHA-1 leaf", 68) {
                (
                    [try TestAuthority.root(), try TestAuthority.issuing()],
                    try TestAuthority.leaf { $0.signature = .init(.sha1) }
                )
            },
            Row("an unknown critical extension", 34) {
                (
                    [try TestAuthority.root(), try TestAuthority.issuing()],
                    try TestAuthority.leaf { $0.extra = [ExtensionTemplate("1.2.3", critical: true, [5, 0])] }
                )
            },
            Row("an issuing authority with an unknown critical extension", 34, depth: 1) {
                (
                    [
                        try TestAuthority.root(),
                        try TestAuthority.issuing { $0.extra = [ExtensionTemplate("1.2.3", critical: true, [5, 0])] },
                    ],
                    try TestAuthority.leaf()
                )
            },
        ]
    )
    func findsNoPath(_ row: Row) throws {
        let (bodies, leaf) = try row.make()
        let vetted = try TrustAnchors.load(bodies).vet(leaf)
        guard case .failure(let refusal) = vetted.chain else {
            Issue.record("a path was found")
            return
        }
        #expect(refusal.code == row.code, "\(refusal.text)")
        #expect(refusal.depth == row.depth)
        let again = TransportCertificate(certificate: vetted.certificate, persistedChain: vetted.chainRecord)
        #expect(again.chain == vetted.chain)
    }

    @Test func aSigningCertificateHasAPathAndAFault() throws {
        let vetted = try TestAuthority.anchors().vet(
            try TestAuthority.leaf { $0.extendedKeyUsage = [OID.documentSigning] }
        )
        #expect(throws: Never.self) { try vetted.chain.get() }
        #expect(vetted.faults == [.documentSigning, .clientAuthMissing])
        #expect(vetted.profile == .legacySigning)
    }

    @Test func anIssuingCertificateThatCameAlongIsUsed() throws {
        let anchors = try TrustAnchors.load([try TestAuthority.root()])
        let vetted = try anchors.vet(try TestAuthority.leaf(), extra: [try TestAuthority.issuing()])
        #expect(throws: Never.self) { try vetted.chain.get() }
        #expect(vetted.profile == .unknown, "only configured issuing authorities make a directory certificate")
    }

    @Test func anAuthorityOfItsOwnDoesNotHelp() throws {
        // A participant who publishes its own root and sends it along has no path to the directory's.
        let own = try CertificateTemplate.authority(
            TestAuthority.rootName,
            TestAuthority.otherKey.publicKey,
            notBefore: TestAuthority.notBefore,
            notAfter: TestAuthority.notAfter
        ).issue(by: TestAuthority.otherKey)
        let leaf = try TestAuthority.leaf(by: TestAuthority.otherKey) { $0.issuer = TestAuthority.rootName }
        let vetted = try TestAuthority.anchors().vet(leaf, extra: [own])
        #expect(throws: ChainRefusal.self) { try vetted.chain.get() }
    }

    @Test func aQualifiedProviderUsingTheDirectorysNameIsNotFollowed() throws {
        let key = TestAuthority.otherKey
        let impostor = try CertificateTemplate.authority(
            TestAuthority.issuingName,
            key.publicKey,
            notBefore: TestAuthority.notBefore,
            notAfter: TestAuthority.notAfter
        ).issue(by: key)
        let anchors = try TrustAnchors.load(
            [try TestAuthority.root(), try TestAuthority.issuing()],
            qualified: [impostor]
        )
        let vetted = try anchors.vet(try TestAuthority.leaf(by: key))
        #expect(throws: ChainRefusal.self) { try vetted.chain.get() }
    }

    @Test func aQualifiedCertificateTracesToItsProvider() throws {
        let key = TestAuthority.otherKey
        let name = NameTemplate([.country("DE"), .organization("A Provider"), .commonName("Provider CA")])
        let provider = try CertificateTemplate.authority(
            name,
            key.publicKey,
            notBefore: TestAuthority.notBefore,
            notAfter: TestAuthority.notAfter
        ).issue(by: key)
        let anchors = try TrustAnchors.load(
            [try TestAuthority.root(), try TestAuthority.issuing()],
            qualified: [provider]
        )
        let vetted = try anchors.vet(
            try TestAuthority.leaf(by: key) {
                $0.issuer = name
                $0.qcStatements = QCStatementsTemplate()
                $0.subject = NameTemplate([
                    .country("GB"), .organizationIdentifier("PSDGB-FCA-503963"), .commonName("bank.example"),
                ])
            }
        )
        #expect(throws: Never.self) { try vetted.chain.get() }
        #expect(vetted.profile == .qwac)
        #expect(vetted.organisationIdentifier?.identifier == "503963")
        #expect(vetted.psd2Roles == [.paymentInitiation, .accountInformation])
        #expect(!vetted.issuedByDirectory)
    }

    @Test func overlappingIssuersOfOneNameBothWork() throws {
        let next = try TestAuthority.issuing { template in
            template.publicKey = TestAuthority.otherKey.publicKey
            template.serial = [3]
        }
        let anchors = try TrustAnchors.load([try TestAuthority.root(), try TestAuthority.issuing(), next])
        #expect(anchors.issuingNames.count == 2)
        for key in [TestAuthority.issuingKey, TestAuthority.otherKey] {
            let vetted = try anchors.vet(try TestAuthority.leaf(by: key))
            let issuer = try #require(try vetted.chain.get().issuer.flatMap(anchors.certificate))
            #expect(issuer.spki == key.publicKey.spki)
            #expect(anchors.authorities(named: vetted.certificate.issuer).count == 2)
            let named = anchors.authorities(
                named: vetted.certificate.issuer,
                keyIdentifier: vetted.certificate.authorityKeyIdentifier
            )
            #expect(named == [issuer])
        }
    }

    @Test func theDigestFollowsTheSetAndNothingElse() throws {
        let (root, issuing) = (try TestAuthority.root(), try TestAuthority.issuing())
        let text = Array((PEM.encode(issuing, label: "CERTIFICATE") + PEM.encode(root, label: "CERTIFICATE")).utf8)
        let anchors = try TrustAnchors.load([root, issuing])
        #expect(anchors.directory.count == 2)
        #expect(try TrustAnchors.load([issuing, root, root]).digest == anchors.digest)
        #expect(try TrustAnchors.load([text]).digest == anchors.digest)
        #expect(try TrustAnchors.load([root]).digest != anchors.digest)
        #expect(try TrustAnchors.load([root], qualified: [issuing, root]).digest != anchors.digest)
    }

    struct Refusal: CustomTestStringConvertible, Sendable {
        let name: String
        let code: String
        let make: @Sendable () throws -> [[UInt8]]
        init(_ name: String, _ code: String, _ make: @escaping @Sendable () throws -> [[UInt8]]) {
            (self.name, self.code, self.make) = (name, code, make)
        }
        var testDescription: String { name }
    }

    @Test(
        "refuses",
        arguments: [
            Refusal("nothing", "trust_no_anchor") { [] },
            Refusal("an empty file", "pem_missing") { [[]] },
            Refusal("text without a certificate", "pem_missing") { [Array("hello".utf8)] },
            Refusal("an issuing authority alone", "trust_no_anchor") { [try TestAuthority.issuing()] },
            Refusal("a leaf among them", "trust_not_authority") {
                [try TestAuthority.root(), try TestAuthority.leaf()]
            },
            Refusal("half a certificate", "der_truncated") { [Array(try TestAuthority.root().dropLast())] },
            Refusal("an authority that may not sign", "trust_not_authority") {
                [try TestAuthority.root(), try TestAuthority.issuing { $0.keyUsage = [.listSigning] }]
            },
        ]
    )
    func refuses(_ row: Refusal) throws {
        let bodies = try row.make()
        let fault = #expect(throws: TrustFault.self) { try TrustAnchors.load(bodies) }
        switch fault {
        case .pem(let error, _): #expect(error.code == row.code)
        default: #expect(fault?.code == row.code)
        }
    }
}
