import Crypto

/// How strong the signature on a certificate or a revocation list is.
enum SignatureStrength {
    /// True for RSA (PKCS #1 v1.5 or PSS) and ECDSA with SHA-256, SHA-384 or SHA-512; no SHA-1, no MD5, no DSA
    ///
    static func isStrong(_ identifier: [UInt8]) -> Bool { CertificateSignatureAlgorithm(identifier) != nil }
}
