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
        guard key.fits(algorithm) else { return false }
        let scheme = algorithm.scheme
        running.begin(scheme.hash)
        running.update(signed)
        return finish(signature, key, scheme)
    }

    /// The same, and sets `digest` to the SHA-256 of `whole`, whose first bytes are `signed`.
    ///
    /// With a 256-bit algorithm the signed bytes are hashed once for both. `digest` is set whatever the verdict.
    package func verify(
        _ signature: ByteSlice,
        over signed: ByteSlice,
        within whole: ByteSlice,
        digest: inout SHA256Digest,
        with key: PublicKey,
        _ algorithm: SignatureAlgorithm
    ) -> Bool {
        let isPrefix = signed.buffer === whole.buffer && signed.start == whole.start && signed.count <= whole.count
        guard isPrefix, algorithm.scheme.hash == .sha256, key.fits(algorithm) else {
            digest = sha256(whole)
            return verify(signature, over: signed, with: key, algorithm)
        }
        running.begin(.sha256)
        running.update(signed)
        running.copy(to: branch)
        branch.update(whole[signed.count..<whole.count])
        digest = branch.finishSHA256()
        return finish(signature, key, algorithm.scheme)
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
        running.begin(scheme.hash)
        running.update(signed)
        guard case .ec = key.kind else { return finish(signature, key, scheme) }
        return unsafe signature.withUnsafeBytes { bytes in unsafe finish(bytes, key, scheme) }
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

    /// Ends the running digest and compares: RSA by length and padding, ECDSA from r‖s.
    private func finish(_ signature: ByteSlice, _ key: PublicKey, _ scheme: SignatureScheme) -> Bool {
        guard signature.count == key.signatureByteCount else { return false }
        return unsafe signature.withUnsafeBytes { bytes in
            guard case .ec(let curve) = key.kind else { return unsafe finish(bytes, key, scheme) }
            return unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: ECDSASignature.derCapacity) { der in
                let count = unsafe ECDSASignature.encode(bytes, curve, into: der)
                guard count > 0 else { return false }
                return unsafe finish(
                    UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(der)[..<count]),
                    key,
                    scheme
                )
            }
        }
    }

    private func finish(_ signature: UnsafeRawBufferPointer, _ key: PublicKey, _ scheme: SignatureScheme) -> Bool {
        guard let context = unsafe table.context(for: key, scheme), signature.count > 0 else { return false }
        let status = unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 64) { digest in
            guard let base = digest.baseAddress else { return 0 as Int32 }
            unsafe running.finish(into: base)
            let bytes = unsafe signature.bindMemory(to: UInt8.self)
            return unsafe EVP_PKEY_verify(context, bytes.baseAddress, bytes.count, base, scheme.hash.byteCount)
        }
        guard status != 1 else { return true }
        ErrorQueue.drain()
        return false
    }
}
