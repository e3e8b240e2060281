@testable import Crypto
import Encoding

/// A root, an issuing authority and a leaf, each of which a row may spoil.
struct TestChain {
    var root = CertificateTemplate.authority(
        Fixture.rootName,
        Fixture.rsa.publicKey,
        notBefore: Fixture.start - 1000,
        notAfter: Fixture.end + 1000
    )
    var issuing = CertificateTemplate.authority(
        Fixture.issuerName,
        Fixture.otherRSA.publicKey,
        notBefore: Fixture.start,
        notAfter: Fixture.end + 2000,
        pathLength: 0
    )
    var leaf = CertificateTemplate(
        subject: Fixture.leafName,
        publicKey: Fixture.p256.publicKey,
        notBefore: Fixture.start + 5,
        notAfter: Fixture.end
    )
    /// Signs the leaf.
    var issuingKey = Fixture.otherRSA
    var purpose = ChainVerifier.Purpose.client

    init() {
        issuing.issuer = Fixture.rootName
        leaf.issuer = Fixture.issuerName
        leaf.keyUsage = [.digitalSignature]
        leaf.extendedKeyUsage = ["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"]
        leaf.isExtendedKeyUsageCritical = true
    }

    func verify() throws -> Result<ChainVerifier.Chain, ChainFault> {
        let verifier = try ChainVerifier(
            anchors: [try root.issue(by: Fixture.rsa)],
            intermediates: [try issuing.issue(by: Fixture.rsa)]
        )
        return verifier.verify(leaf: try leaf.issue(by: issuingKey), purpose: purpose)
    }
}
