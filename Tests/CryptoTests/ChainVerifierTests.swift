@testable import Crypto
import Encoding
import Foundation
import Testing

struct ChainVerifierTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        /// The fault's code: OpenSSL's error number, or ours; nil where the chain holds.
        let code: String?
        let spoil: @Sendable (inout TestChain) -> Void

        init(_ testDescription: String, _ code: String?, _ spoil: @escaping @Sendable (inout TestChain) -> Void) {
            (self.testDescription, self.code, self.spoil) = (testDescription, code, spoil)
        }
    }

    static let rows = [
        Row("as it should be", nil) { _ in },
        Row("signed with PSS", nil) { $0.leaf.signature = SignatureTemplate(.sha256, pss: true) },
        Row("signed over SHA-512", nil) { $0.leaf.signature = SignatureTemplate(.sha512) },
        Row("no ExtendedKeyUsage: left to the rules", nil) { $0.leaf.extendedKeyUsage = nil },
        Row("long expired: time is the caller's", nil) { $0.leaf.notAfter = $0.leaf.notBefore + 1 },
        Row("an EC key with an RSA authority's name", "chain_20") {
            // The key identifier differs, so OpenSSL finds no issuer at all.
            $0.issuingKey = Fixture.p384
        },
        Row("an issuer nobody knows", "chain_20") { $0.leaf.issuer = NameTemplate([.commonName("Nobody")]) },
        Row("another key's signature under the authority's name and key identifier", "chain_7") {
            $0.issuingKey = Fixture.rsa
            $0.leaf.hasAuthorityKeyIdentifier = false
            $0.leaf.extra = [.authorityKeyIdentifier(Fixture.otherRSA.publicKey)]
        },
        Row("no key identifier of the authority", "chain_85") { $0.leaf.hasAuthorityKeyIdentifier = false },
        Row("self-signed leaf", "chain_18") {
            $0.leaf.issuer = nil
            $0.leaf.publicKey = Fixture.otherRSA.publicKey
        },
        Row("an authority as leaf", "chain_leaf_authority") {
            $0.leaf.constraints = CertificateTemplate.Constraints(isAuthority: true)
            $0.leaf.keyUsage = [.digitalSignature, .certificateSigning]
        },
        Row("a version 1 leaf", "chain_leaf_version") { $0.leaf.version = 1 },
        Row("a version 1 authority", "chain_79") { $0.issuing.version = 1 },
        Row("a leaf as authority", "chain_79") { $0.issuing.constraints = nil },
        Row("BasicConstraints that deny", "chain_79") {
            $0.issuing.constraints = CertificateTemplate.Constraints(isAuthority: false)
        },
        Row("an authority that may not sign certificates", "chain_79") { $0.issuing.keyUsage = [.digitalSignature] },
        Row("server only", "chain_26") { $0.leaf.extendedKeyUsage = ["1.3.6.1.5.5.7.3.1"] },
        Row("document signing, as in OBSeal certificates", "chain_26") {
            $0.leaf.extendedKeyUsage = ["1.3.6.1.4.1.311.10.3.12"]
        },
        Row("document signing where any purpose will do", nil) {
            $0.leaf.extendedKeyUsage = ["1.3.6.1.4.1.311.10.3.12"]
            $0.purpose = .any
        },
        Row("key encipherment only", "chain_26") { $0.leaf.keyUsage = [.keyEncipherment] },
        Row("an unknown critical extension", "chain_34") {
            $0.leaf.extra = [ExtensionTemplate("1.2.3.4", critical: true, DERWriter.null)]
        },
        Row("an unknown extension that is not critical", nil) {
            $0.leaf.extra = [ExtensionTemplate("1.2.3.4", DERWriter.null)]
        },
        Row("an unknown critical extension in the authority", "chain_34") {
            $0.issuing.extra = [ExtensionTemplate("1.2.3.4", critical: true, DERWriter.null)]
        },
        Row("BasicConstraints twice", "chain_20") {
            let constraints = ExtensionTemplate("2.5.29.19", critical: true, DERWriter.sequence([]))
            $0.leaf.extra = [constraints, constraints]
        },
        Row("a key of 1,024 bits", "chain_66") { $0.leaf.publicKey = Fixture.weakRSA.publicKey },
        Row("an authority with a key of 1,024 bits", "chain_67") {
            $0.issuing.publicKey = Fixture.weakRSA.publicKey
            $0.issuingKey = Fixture.weakRSA
        },
        Row("signed over SHA-1", "chain_68") { $0.leaf.signature = SignatureTemplate(.sha1) },
        Row("an authority signed over SHA-1", "chain_68") { $0.issuing.signature = SignatureTemplate(.sha1) },
        Row("a root signed over SHA-1: it is trusted, not verified", nil) {
            $0.root.signature = SignatureTemplate(.sha1)
        },
        Row("a path longer than the root allows", "chain_25") {
            $0.root.constraints = CertificateTemplate.Constraints(isAuthority: true, pathLength: 0)
        },
        Row("qcStatements, names and every other extension", nil) {
            $0.leaf.qcStatements = QCStatementsTemplate()
            $0.leaf.alternativeNames = [.dns("localhost"), .address("127.0.0.1"), .address("::1")]
            $0.leaf.crlDistributionPoints = ["http://crl.example/issuing.crl"]
            $0.leaf.ocspResponder = "http://ocsp.example/"
            $0.leaf.issuerCertificate = "http://ca.example/issuing.crt"
            $0.leaf.policies = ["1.3.6.1.4.1.5237.134.1.100"]
        },
    ]

    @Test("a chain holds, or falls for its reason", arguments: rows)
    func verify(_ row: Row) throws {
        var chain = TestChain()
        row.spoil(&chain)
        switch try chain.verify() {
        case .success(let found):
            #expect(row.code == nil)
            #expect(found.certificates.count == 3)
            #expect(found.notBefore == Fixture.start)
            #expect(found.notAfter == Fixture.end + 1000)
        case .failure(let fault):
            #expect(fault.code == row.code, "\(fault)")
        }
    }

    @Test("the window is what all authorities share, however little")
    func window() throws {
        var chain = TestChain()
        chain.issuing.notBefore = Fixture.end + 2000
        chain.issuing.notAfter = 2_600_000_000
        let found = try chain.verify().get()
        #expect(found.notBefore == Fixture.end + 2000)
        #expect(found.notAfter == Fixture.end + 1000)
    }

    @Test("an intermediate may come along, but an anchor may not")
    func extra() throws {
        let chain = TestChain()
        let (root, issuing) = (try chain.root.issue(by: Fixture.rsa), try chain.issuing.issue(by: Fixture.rsa))
        let leaf = try chain.leaf.issue(by: chain.issuingKey)
        let trusting = try ChainVerifier(anchors: [root], intermediates: [])
        #expect(trusting.verify(leaf: leaf, purpose: .client).code == "chain_20")
        #expect(trusting.verify(leaf: leaf, extra: [issuing], purpose: .client).code == nil)
        #expect(trusting.verify(leaf: leaf, extra: [leaf, root, issuing], purpose: .client).code == nil)
        let empty = try ChainVerifier(anchors: [], intermediates: [])
        #expect(empty.verify(leaf: leaf, extra: [issuing, root], purpose: .client).code == "chain_19")
        let partial = try ChainVerifier(anchors: [issuing], intermediates: [])
        #expect(partial.verify(leaf: leaf, purpose: .client).code == "chain_2")
        #expect(trusting.verify(leaf: leaf, extra: [issuing, [1]], purpose: .client).code == "chain_malformed")
        let crowd = [[UInt8]](repeating: issuing, count: ChainVerifier.extraLimit)
        #expect(trusting.verify(leaf: leaf, extra: crowd, purpose: .client).code == nil)
        #expect(trusting.verify(leaf: leaf, extra: crowd + [issuing], purpose: .client).code == "chain_too_many")
    }

    @Test("DER with a byte too many or too few is refused")
    func malformed() throws {
        let chain = TestChain()
        let root = try chain.root.issue(by: Fixture.rsa)
        let verifier = try ChainVerifier(anchors: [root], intermediates: [])
        let leaf = try chain.leaf.issue(by: chain.issuingKey)
        for bytes in [[], leaf + [0], Array(leaf.dropLast()), Array(PEM.encode(leaf, label: "CERTIFICATE").utf8)] {
            #expect(verifier.verify(leaf: bytes, purpose: .any).code == "chain_malformed")
        }
        #expect(throws: ChainFault.malformed(position: 1)) {
            try ChainVerifier(anchors: [root, root + [0]], intermediates: [])
        }
    }

    @Test("the anchor stands at depth 4 at most", arguments: [(3, nil), (4, "chain_22")] as [(Int, String?)])
    func depth(_ intermediates: Int, _ code: String?) throws {
        let chain = TestChain()
        var certificates: [[UInt8]] = []
        var issuer = Fixture.rootName
        for level in 0..<intermediates {
            let name = NameTemplate([.commonName("Level \(level)")])
            var template = chain.issuing
            (template.subject, template.issuer, template.publicKey) = (name, issuer, Fixture.rsa.publicKey)
            template.constraints = CertificateTemplate.Constraints(isAuthority: true)
            certificates.append(try template.issue(by: Fixture.rsa))
            issuer = name
        }
        var leaf = chain.leaf
        leaf.issuer = issuer
        let verifier = try ChainVerifier(anchors: [try chain.root.issue(by: Fixture.rsa)], intermediates: certificates)
        let verdict = verifier.verify(leaf: try leaf.issue(by: Fixture.rsa), purpose: .client)
        #expect(verdict.code == code)
    }

    @Test("sixteen candidates of the issuer's name: the one with the key is found, and without it none")
    func crowd() throws {
        let chain = TestChain()
        let name = Fixture.issuerName
        let others = try (0..<UInt8(ChainVerifier.extraLimit)).map { number in
            var template = chain.issuing
            (template.subject, template.serial) = (name, [number + 1])
            template.publicKey = try PrivateKey.generateEC(.p256).publicKey
            return try template.issue(by: Fixture.rsa)
        }
        let issuing = try chain.issuing.issue(by: Fixture.rsa)
        let leaf = try chain.leaf.issue(by: chain.issuingKey)
        let verifier = try ChainVerifier(anchors: [try chain.root.issue(by: Fixture.rsa)], intermediates: [])
        #expect(verifier.verify(leaf: leaf, extra: others.dropLast() + [issuing], purpose: .client).code == nil)
        #expect(verifier.verify(leaf: leaf, extra: others, purpose: .client).code == "chain_20")
    }

    @Test("authorities that issued each other lead nowhere, and not for long")
    func ring() throws {
        let chain = TestChain()
        let names = (0..<4).map { NameTemplate([.commonName("Ring \($0)")]) }
        var ring: [[UInt8]] = []
        for subject in names {
            for issuer in names where issuer != subject {
                var template = chain.issuing
                (template.subject, template.issuer, template.publicKey) = (subject, issuer, Fixture.rsa.publicKey)
                template.constraints = CertificateTemplate.Constraints(isAuthority: true)
                ring.append(try template.issue(by: Fixture.rsa))
            }
        }
        var leaf = chain.leaf
        leaf.issuer = names[0]
        let verifier = try ChainVerifier(anchors: [try chain.root.issue(by: Fixture.rsa)], intermediates: [])
        let verdict = verifier.verify(leaf: try leaf.issue(by: Fixture.rsa), extra: ring, purpose: .client)
        #expect(["chain_20", "chain_22", "chain_2"].contains(verdict.code))
    }

    @Test("several workers verify at once")
    func concurrent() throws {
        let chain = TestChain()
        let verifier = try ChainVerifier(
            anchors: [try chain.root.issue(by: Fixture.rsa)],
            intermediates: [try chain.issuing.issue(by: Fixture.rsa)]
        )
        let leaf = try chain.leaf.issue(by: chain.issuingKey)
        DispatchQueue.concurrentPerform(iterations: 64) { _ in
            #expect(verifier.verify(leaf: leaf, purpose: .client).code == nil)
        }
    }
}

extension Result where Success == ChainVerifier.Chain, Failure == ChainFault {
    /// The fault's code; nil where the chain holds.
    var code: String? {
        guard case .failure(let fault) = self else { return nil }
        return fault.code
    }
}
