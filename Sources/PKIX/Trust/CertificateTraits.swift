package import Crypto
package import Encoding

/// What every verdict asks of a transport certificate, side by side.
///
/// A certificate is seldom in the nearest caches when a request names it, and each object behind it costs a look into
/// slower memory: a good certificate is judged by these values alone.
package struct CertificateTraits: Sendable {
    /// Whether there is a path to a configured anchor.
    package let hasPath: Bool
    /// Whether the key can be used.
    package let hasUsableKey: Bool
    /// Whether nothing makes the certificate itself unfit.
    package let isFaultless: Bool
    /// What it says of payment services.
    package let psd2: PSD2Claim
    /// First second of validity.
    package let notBefore: UnixTime
    /// Last second of validity, inclusive.
    package let notAfter: UnixTime
    /// First and last second in which all issuers of the path are valid; without a path the last is before the first.
    package let issuersNotBefore: UnixTime
    package let issuersNotAfter: UnixTime
    /// SHA-256 of the key's SubjectPublicKeyInfo; nil where the key cannot be used.
    package let keyIdentity: SHA256Digest?

    init(
        _ certificate: Certificate,
        chain: Result<ChainInfo, ChainRefusal>,
        key: Result<PublicKey, KeyFault>,
        faults: [TransportFault]
    ) {
        isFaultless = faults.isEmpty
        psd2 = PSD2Claim(certificate)
        (notBefore, notAfter) = (certificate.notBefore, certificate.notAfter)
        switch chain {
        case .success(let path): (hasPath, issuersNotBefore, issuersNotAfter) = (true, path.notBefore, path.notAfter)
        case .failure: (hasPath, issuersNotBefore, issuersNotAfter) = (false, .max, .min)
        }
        switch key {
        case .success(let key): (hasUsableKey, keyIdentity) = (true, key.spkiSHA256)
        case .failure: (hasUsableKey, keyIdentity) = (false, nil)
        }
    }

    /// True from notBefore to notAfter, both included (RFC 5280 §4.1.2.5).
    package func isValid(at now: UnixTime) -> Bool { now >= notBefore && now <= notAfter }

    /// True when there is a path whose issuers are all valid at `now`.
    package func issuersAreValid(at now: UnixTime) -> Bool { now >= issuersNotBefore && now <= issuersNotAfter }
}
