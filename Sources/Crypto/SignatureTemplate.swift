/// How a template is signed; the weak ways exist to be refused.
package struct SignatureTemplate: Equatable, Sendable {
    /// The hashes a template may use.
    package enum Hash: Sendable {
        case sha1, sha256, sha384, sha512
    }

    /// The hash.
    package var hash: Hash
    /// Whether an RSA key signs with PSS rather than PKCS#1 v1.5.
    package var usesPSS: Bool

    /// Makes a way to sign; the default is what the directory's issuing authorities do.
    package init(_ hash: Hash = .sha256, pss usesPSS: Bool = false) {
        (self.hash, self.usesPSS) = (hash, usesPSS)
    }

    /// Returns the signed structure: `toBeSigned` completes the first part with the AlgorithmIdentifier it is given.
    func seal(
        with key: PrivateKey,
        _ toBeSigned: (_ algorithm: [UInt8]) throws(TemplateFault) -> [UInt8]
    ) throws(TemplateFault) -> [UInt8] {
        let scheme = scheme(of: key.publicKey)
        let algorithm = CertificateSignatureAlgorithm.identifier(scheme)
        let body = try toBeSigned(algorithm)
        do {
            return DERWriter.sequence([body, algorithm, DERWriter.bitString(try key.sign(body, scheme))])
        } catch {
            throw .signing(error)
        }
    }

    private func scheme(of key: PublicKey) -> SignatureScheme {
        let function: HashFunction =
            switch hash {
            case .sha1: .sha1
            case .sha256: .sha256
            case .sha384: .sha384
            case .sha512: .sha512
            }
        guard case .rsa = key.kind else { return SignatureScheme(.ecdsa, function) }
        return SignatureScheme(usesPSS ? .pss : .pkcs1, function)
    }
}
