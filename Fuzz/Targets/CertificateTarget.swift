@testable import Encoding
@testable import PKIX

extension FuzzTarget {
    /// Certificates: nothing before, behind or left out, names that can be written and read, no forged path.
    static let certificate = FuzzTarget("certificate", byteLimit: 4_096) { bytes throws(BrokenProperty) in
        let certificate: Certificate
        do throws(CertificateFault) { certificate = try Certificate.decode(bytes) } catch { return false }
        try DERProperties.isWhole(bytes) { (der) throws(CertificateFault) in try Certificate.decode(der) }
        try DERProperties.isSigned(
            bytes,
            certificate.signedBytes,
            certificate.algorithmIdentifier,
            certificate.signature
        )
        for (name, der) in [
            (certificate.subject, certificate.subjectDER), (certificate.issuer, certificate.issuerDER),
        ] {
            let alone = try must("a name cannot be read alone") { () throws(DNFault) in try DistinguishedName(der: der)
            }
            try hold(alone == name, "a name is another alone")
            try NameProperties.inspect(name)
        }
        try hold(
            certificate.notBefore <= certificate.notAfter || certificate.defects.contains(.validityReversed),
            "time"
        )
        let vetted = Genuine.kept.anchors.vet(certificate)
        guard case .success = vetted.chain else { return true }
        try hold(Genuine.kept.certificates.contains(bytes), "a path over another certificate was accepted")
        return true
    }
}

/// What holds of every accepted DER text.
enum DERProperties {
    /// Neither one byte more nor one less is accepted.
    static func isWhole<Value, Failure: Error>(
        _ bytes: [UInt8],
        _ decode: ([UInt8]) throws(Failure) -> Value
    ) throws(BrokenProperty) {
        try hold(refuses { () throws(Failure) in try decode(bytes + [0]) }, "a byte behind the end is accepted")
        try hold(refuses { () throws(Failure) in try decode(bytes.dropLast()) }, "the last byte is not needed")
    }

    /// The three parts of something signed make it again.
    static func isSigned(
        _ bytes: [UInt8],
        _ signed: [UInt8],
        _ algorithm: [UInt8],
        _ signature: [UInt8]
    ) throws(BrokenProperty) {
        let bits = PKIX.DERWriter.element(DERTag.bitString, [0] + signature)
        let whole = PKIX.DERWriter.element(DERTag.sequence, signed + algorithm + bits)
        try hold(whole == bytes, "what is signed, the algorithm and the signature are not the whole")
    }
}
