import Crypto
import Encoding
import Testing

@testable import PKIX

/// What authorities must be like to vouch for others, and for what.
@Suite struct AuthorityFitnessTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let name: String
        /// The fault's code; nil where the authorities are taken.
        let code: String?
        let bodies: @Sendable () throws -> [[UInt8]]
        init(_ name: String, _ code: String?, _ bodies: @escaping @Sendable () throws -> [[UInt8]]) {
            (self.name, self.code, self.bodies) = (name, code, bodies)
        }
        var testDescription: String { name }
    }

    /// The root with an authorityKeyIdentifier of its own making.
    static func root(_ parts: [UInt8]...) throws -> [UInt8] {
        try TestAuthority.root { template in
            template.hasAuthorityKeyIdentifier = false
            template.extra = [ExtensionTemplate(OID.authorityKeyIdentifier, DER.element(0x30, parts.flatMap { $0 }))]
        }
    }

    static func ownKey() throws -> [UInt8] {
        DER.element(0x80, try #require(Certificate.decode(try TestAuthority.root()).subjectKeyIdentifier))
    }

    @Test(
        "is taken, or not",
        arguments: [
            Row("a root without authorityKeyIdentifier", nil) {
                [try TestAuthority.root { $0.hasAuthorityKeyIdentifier = false }]
            },
            Row("a root with its own", nil) { [try root(try ownKey())] },
            Row("a root without a key identifier in it", "trust_unfit_anchor") { [try root()] },
            Row("a root that names another certificate as its signer", "trust_unfit_anchor") {
                [
                    try root(
                        try ownKey(),
                        DER.element(0xA1, DER.element(0xA4, DER.name((OID.commonName, DER.utf8("Other"))))),
                        DER.element(0x82, [0x04, 0xD2])
                    )
                ]
            },
            Row("a root with another key's identifier is none", "trust_no_anchor") {
                [try root(DER.element(0x80, [1, 2, 3]))]
            },
            Row("a root for servers only", "trust_unfit_anchor") {
                [try TestAuthority.root { $0.extendedKeyUsage = [OID.serverAuth] }]
            },
            Row("a root for clients", nil) {
                [try TestAuthority.root { $0.extendedKeyUsage = [OID.serverAuth, OID.clientAuth] }]
            },
            Row("an issuing authority that does not say who issued it", "trust_unfit_anchor") {
                [try TestAuthority.root(), try TestAuthority.issuing { $0.hasAuthorityKeyIdentifier = false }]
            },
        ]
    )
    func loads(_ row: Row) throws {
        do {
            _ = try TrustAnchors.load(try row.bodies())
            #expect(row.code == nil)
        } catch let fault as TrustFault { #expect(fault.code == row.code) }
    }

    struct PathRow: CustomTestStringConvertible, Sendable {
        let name: String
        /// The refusal's code; nil where there is a path.
        let code: Int?
        let root: @Sendable (inout CertificateTemplate) -> Void
        let issuing: @Sendable (inout CertificateTemplate) -> Void
        let leaf: @Sendable (inout CertificateTemplate) -> Void
        init(
            _ name: String,
            _ code: Int?,
            root: @escaping @Sendable (inout CertificateTemplate) -> Void = { _ in },
            issuing: @escaping @Sendable (inout CertificateTemplate) -> Void = { _ in },
            leaf: @escaping @Sendable (inout CertificateTemplate) -> Void = { _ in }
        ) {
            (self.name, self.code, self.root, self.issuing, self.leaf) = (name, code, root, issuing, leaf)
        }
        var testDescription: String { name }
    }

    /// nameConstraints that permit or exclude a.example.
    static func constraints(_ tag: UInt8) -> ExtensionTemplate {
        let name = DER.element(0x82, Array("a.example".utf8))
        return ExtensionTemplate(
            OID.nameConstraints,
            critical: true,
            DER.sequence(DER.element(tag, DER.sequence(name)))
        )
    }

    @Test(
        "vouches, or not",
        arguments: [
            PathRow("as it should be", nil),
            PathRow("a root without keyUsage, trusted because it is configured", nil, root: { $0.keyUsage = nil }),
            PathRow(
                "an issuing authority without keyUsage",
                92,
                issuing: {
                    $0.keyUsage = nil
                    $0.constraints?.pathLength = nil
                }
            ),
            PathRow(
                "a wildcard under an excluded name",
                10_006,
                issuing: { $0.extra = [constraints(0xA1)] },
                leaf: { $0.alternativeNames = [.dns("*.example")] }
            ),
            PathRow(
                "a name beside an excluded name",
                nil,
                issuing: { $0.extra = [constraints(0xA1)] },
                leaf: { $0.alternativeNames = [.dns("b.example")] }
            ),
            PathRow(
                "a wildcard under a permitted name",
                nil,
                issuing: { $0.extra = [constraints(0xA0)] },
                leaf: { $0.alternativeNames = [.dns("*.a.example")] }
            ),
            PathRow(
                "policyConstraints that may be passed over",
                10_006,
                issuing: { $0.extra = [ExtensionTemplate(OID.policyConstraints, DER.sequence(DER.element(0x80, [0])))] }
            ),
            PathRow(
                "policyConstraints, which would have to be processed",
                10_006,
                issuing: {
                    $0.extra = [
                        ExtensionTemplate(OID.policyConstraints, critical: true, DER.sequence(DER.element(0x80, [0])))
                    ]
                }
            ),
            PathRow(
                "inhibitAnyPolicy, which would have to be processed",
                10_006,
                issuing: { $0.extra = [ExtensionTemplate(OID.inhibitAnyPolicy, critical: true, DER.integer([0]))] }
            ),
        ]
    )
    func vouches(_ row: PathRow) throws {
        let anchors = try TrustAnchors.load([
            try TestAuthority.root(row.root), try TestAuthority.issuing(row.issuing),
        ])
        switch try anchors.vet(try TestAuthority.leaf(row.leaf)).chain {
        case .success: #expect(row.code == nil)
        case .failure(let refusal): #expect(refusal.code == row.code, "\(refusal.text)")
        }
    }

    @Test("under a name of the directory's only the directory says what is revoked")
    func noOtherAuthoritySpeaksForTheDirectory() throws {
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
        let list = try RevocationList.decode(
            try RevocationListTests.list(number: 99, by: key) { $0.hasAuthorityKeyIdentifier = false }
        )
        let signers = anchors.authorities(named: list.issuer)
        #expect(signers.map(\.fingerprint) == [anchors.directory[1].fingerprint])
        #expect(throws: RevocationFault.signature) { try list.verify(signedBy: signers[0]) }
        #expect(!anchors.vouch(for: list, signedBy: .of(impostor)))
        #expect(anchors.vouch(for: list, signedBy: anchors.directory[1].fingerprint))
    }

    @Test("a transport certificate with a ROCA key is unfit, though its path holds") func weakStructure() throws {
        let modulus = try #require(Hex.decode(Self.vulnerable))
        let key = DER.sequence(
            UnsignedCertificate.algorithm(OID.rsaEncryption),
            DER.bits(DER.sequence(DER.integer([0] + modulus), DER.integer([1, 0, 1])))
        )
        let certificate = try Certificate.decode(UnsignedCertificate { $0.key = key }.der)
        let vetted = TransportCertificate(certificate: certificate, persistedChain: TransportFaultTests.record)
        #expect(vetted.faults == [.unusableKey("rsa_roca")])
    }

    /// A modulus of the structure of CVE-2017-15361, of two primes made for this project's tests.
    private static let vulnerable = [
        "ef8ccfee71e137939a4611d3869ee1623f58d0141b23677d6820b0623bae7af9ce28ec2ac303eaef2eeaf0c291dacccf",
        "45e10e187e6471e56b7354898901242998609cb910262745b104f34173711ada04d2285a096261c188a1ec70cd1ee2b9",
        "6dce2958e8f72d98ec4cdefa591d093e8db038e980955a0926b898ceed5b6fa9f33a14c9c869dd840bc428efe13cf2b6",
        "02f7b93fd05e7c7820fdab8962df494b93e03a581b0cac2080a85a9f70a283a51485ab1fb7332162de7ed4502171aebe",
        "0169557689d5c63f690d54585f6325f4c5df73ceac249212d5a50faee42580b6f958485c2c44259fb56ec7dfe52dc18b",
        "148309e4a08733e4817d88dabcbfbe85",
    ].joined()
}
