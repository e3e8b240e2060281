import CLibcrypto
package import Encoding

/// A public key that metadata of bundles is verified with: Ed25519, ECDSA on P-256, or RSA of 2,048 to 8,192 bits.
package final class VerifyingKey: Sendable {
    /// The one way this key verifies.
    package var scheme: SigningScheme { handle.scheme }
    /// The SubjectPublicKeyInfo in DER.
    package let spki: [UInt8]

    private let handle: SigningHandle

    /// The largest PEM read.
    package static let pemByteLimit = 8192

    /// Reads a SubjectPublicKeyInfo in PEM.
    package convenience init(pem: String) throws(CryptoError) {
        let text = Array(pem.utf8)
        guard text.count <= Self.pemByteLimit else { throw .key(.malformed) }
        let key = unsafe shim_read_public_key(text, Int32(clamping: text.count))
        try self.init(unsafe SigningHandle(key, operation: "PEM_read_bio_PUBKEY"))
    }

    /// Takes the 32 bytes of an Ed25519 key (RFC 8032 §5.1.5).
    package convenience init(ed25519 bytes: [UInt8]) throws(CryptoError) {
        guard bytes.count == 32 else { throw .key(.malformed) }
        let made = unsafe EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, bytes, bytes.count)
        try self.init(unsafe SigningHandle(made, operation: "EVP_PKEY_new_raw_public_key"))
    }

    init(_ handle: SigningHandle) throws(CryptoError) {
        self.handle = handle
        spki = Self.encoded(handle)
        guard !spki.isEmpty else { throw ErrorQueue.failure(of: "i2d_PUBKEY") }
    }

    /// The SubjectPublicKeyInfo in PEM, ending in a line feed.
    package var pem: String { PEM.encode(spki, label: "PUBLIC KEY") }

    /// The 32 bytes of an Ed25519 key, nil for any other: the end of its SubjectPublicKeyInfo (RFC 8410 §4).
    package var ed25519: [UInt8]? { scheme == .ed25519 ? Array(spki.suffix(32)) : nil }

    /// Whether `signature` over `bytes` is by this key; an ECDSA signature is a DER SEQUENCE.
    ///
    /// The salt of RSA-PSS may be of any length, as python-tuf and the TUF specification have it.
    package func verifies(_ signature: [UInt8], over bytes: ByteSlice) -> Bool {
        guard !signature.isEmpty else { return false }
        let verdict = unsafe handle.withContext({ context, settings, hash in
            var status = unsafe EVP_DigestVerifyInit(context, settings, hash, nil, handle.pointer)
            if status == 1, scheme == .rsaPSS { status = unsafe shim_set_pss(settings.pointee, RSA_PSS_SALTLEN_AUTO) }
            return status
        }) { context in
            unsafe bytes.withUnsafeBytes { all in
                let start = unsafe all.baseAddress?.assumingMemoryBound(to: UInt8.self)
                return unsafe EVP_DigestVerify(context, signature, signature.count, start, all.count) == 1
            }
        }
        if verdict != true { ErrorQueue.drain() }
        return verdict ?? false
    }

    /// Whether a JWS signature over `bytes` is by this key; an ECDSA signature is r‖s.
    package func verifiesJWS(_ signature: [UInt8], over bytes: ByteSlice) -> Bool {
        guard scheme == .ecdsaP256 else { return verifies(signature, over: bytes) }
        var der = [UInt8](repeating: 0, count: ECDSASignature.derCapacity)
        let count = unsafe signature.withUnsafeBytes { raw in
            unsafe der.withUnsafeMutableBufferPointer { unsafe ECDSASignature.encode(raw, .p256, into: $0) }
        }
        return verifies(Array(der.prefix(count)), over: bytes)
    }

    private static func encoded(_ handle: SigningHandle) -> [UInt8] {
        let count = Int(unsafe i2d_PUBKEY(handle.pointer, nil))
        guard count > 0 else { return [] }
        var bytes = [UInt8](repeating: 0, count: count)
        unsafe bytes.withUnsafeMutableBufferPointer { buffer in
            var position = buffer.baseAddress
            _ = unsafe i2d_PUBKEY(handle.pointer, &position)
        }
        return bytes
    }
}
