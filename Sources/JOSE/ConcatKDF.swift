import Crypto

/// The Concat KDF with SHA-256 as ECDH-ES uses it (RFC 7518 §4.6.2; NIST SP 800-56A §5.8.1), for up to 256 bits.
package enum ConcatKDF {
    /// Returns a key of `byteCount` bytes, at most 32, of a shared secret.
    ///
    /// `algorithm` is the AlgorithmID; the parties are the decoded `apu` and `apv`, empty where there are none.
    package static func key(
        of secret: [UInt8],
        algorithm: String,
        partyU: [UInt8] = [],
        partyV: [UInt8] = [],
        byteCount: Int
    ) -> [UInt8] {
        precondition((1...32).contains(byteCount), "one round of SHA-256 makes at most 32 bytes")
        var input = number(1) + secret
        for part in [Array(algorithm.utf8), partyU, partyV] { input += number(part.count) + part }
        input += number(byteCount * 8)
        return Array(SHA256Digest.of(input).bytes.prefix(byteCount))
    }

    /// A number in four bytes, most significant first.
    private static func number(_ value: Int) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
    }
}
