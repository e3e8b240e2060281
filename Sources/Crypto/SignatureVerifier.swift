import CLibcrypto
package import Encoding

/// One worker's machinery for signatures: contexts kept by key, kept digests.
///
/// Not Sendable: each worker has its own.
package final class SignatureVerifier {
    private var table = ContextTable()
    private let running = DigestContext()
    private let branch = DigestContext()

    /// Makes a verifier with an empty table.
    package init() {}

    /// Returns whether `signature` (RSA bytes, or r‖s) over `signed` verifies with `key`.
    ///
    /// PSS means a salt as long as the hash, and MGF1 with it (RFC 7518 §3.5). A key of the wrong kind never
    /// verifies.
    package func verify(
        _ signature: ByteSlice,
        over signed: ByteSlice,
        with key: PublicKey,
        _ algorithm: SignatureAlgorithm
    ) -> Bool {
        key.fits(algorithm) && verify(signature, of: digest(of: signed, algorithm), with: key, algorithm)
    }

    /// The same of a message that was hashed before; a digest of another hash than the algorithm's never verifies.
    package func verify(
        _ signature: ByteSlice,
        of digest: MessageDigest,
        with key: PublicKey,
        _ algorithm: SignatureAlgorithm
    ) -> Bool {
        guard key.fits(algorithm), digest.hash == algorithm.scheme.hash else { return false }
        return finish(signature, digest, key, algorithm.scheme)
    }

    /// Returns whether a certificate's or list's `signature` (RSA bytes, or the DER form of ECDSA) over `signed`
    /// verifies.
    package func verify(
        _ signature: ByteSlice,
        over signed: ByteSlice,
        with key: PublicKey,
        certificate algorithm: CertificateSignatureAlgorithm
    ) -> Bool {
        let scheme = algorithm.scheme
        guard key.fits(scheme, curve: nil) else { return false }
        let digest = digest(of: signed, scheme.hash)
        guard case .ec = key.kind else { return finish(signature, digest, key, scheme) }
        return unsafe signature.withUnsafeBytes { bytes in unsafe finish(bytes, digest, key, scheme) }
    }

    /// Returns the digest of `signed` under the hash of `algorithm`.
    package func digest(of signed: ByteSlice, _ algorithm: SignatureAlgorithm) -> MessageDigest {
        digest(of: signed, algorithm.scheme.hash)
    }

    /// The same, and the SHA-256 of `whole`, whose first bytes are `signed`: with a 256-bit algorithm these are hashed
    /// once for both.
    package func digests(
        of signed: ByteSlice,
        within whole: ByteSlice,
        _ algorithm: SignatureAlgorithm
    ) -> (signed: MessageDigest, whole: SHA256Digest) {
        let hash = algorithm.scheme.hash
        let isPrefix = signed.buffer === whole.buffer && signed.start == whole.start && signed.count <= whole.count
        guard isPrefix, hash == .sha256 else { return (digest(of: signed, hash), sha256(whole)) }
        running.begin(hash)
        running.update(signed)
        running.copy(to: branch)
        branch.update(whole[signed.count..<whole.count])
        return (MessageDigest(running, hash), branch.finishSHA256())
    }

    /// Returns the SHA-256 of `slice`.
    package func sha256(_ slice: ByteSlice) -> SHA256Digest {
        running.begin(.sha256)
        running.update(slice)
        return running.finishSHA256()
    }

    /// Makes and keeps the context for `key` and lets OpenSSL cache what it computes at the first use, so that no
    /// request pays for it.
    package func warm(_ key: PublicKey, _ algorithm: SignatureAlgorithm) {
        let nothing = ByteSlice([UInt8](repeating: 1, count: key.signatureByteCount))
        _ = verify(nothing, over: nothing, with: key, algorithm)
    }

    private func digest(of signed: ByteSlice, _ hash: HashFunction) -> MessageDigest {
        running.begin(hash)
        running.update(signed)
        return MessageDigest(running, hash)
    }

    /// Compares: RSA by length and padding, ECDSA from r‖s.
    private func finish(
        _ signature: ByteSlice,
        _ digest: MessageDigest,
        _ key: PublicKey,
        _ scheme: SignatureScheme
    ) -> Bool {
        guard signature.count == key.signatureByteCount else { return false }
        return unsafe signature.withUnsafeBytes { bytes in
            guard case .ec(let curve) = key.kind else { return unsafe finish(bytes, digest, key, scheme) }
            return unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: ECDSASignature.derCapacity) { der in
                let count = unsafe ECDSASignature.encode(bytes, curve, into: der)
                guard count > 0 else { return false }
                return unsafe finish(
                    UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(der)[..<count]),
                    digest,
                    key,
                    scheme
                )
            }
        }
    }

    private func finish(
        _ signature: UnsafeRawBufferPointer,
        _ digest: MessageDigest,
        _ key: PublicKey,
        _ scheme: SignatureScheme
    ) -> Bool {
        guard let context = unsafe table.context(for: key, scheme), signature.count > 0 else { return false }
        let status = unsafe digest.withUnsafeBytes { hashed in
            let mine = unsafe hashed.bindMemory(to: UInt8.self)
            let theirs = unsafe signature.bindMemory(to: UInt8.self)
            return unsafe EVP_PKEY_verify(context, theirs.baseAddress, theirs.count, mine.baseAddress, mine.count)
        }
        guard status != 1 else { return true }
        ErrorQueue.drain()
        return false
    }
}
