import CLibcrypto
package import Encoding

/// A private key that signs metadata of bundles: from PEM, or from whatever store OpenSSL reaches by a URI.
package final class SigningKey: Sendable {
    /// The public half.
    package let publicKey: VerifyingKey
    private let handle: SigningHandle
    /// Whether it lies in a store, which may be a token with a module of its own.
    private let isStored: Bool

    /// Reads a private key in PEM, never an encrypted one.
    package convenience init(pem: String) throws(CryptoError) {
        let text = Array(pem.utf8)
        guard let key = unsafe shim_read_private_key(text, Int32(clamping: text.count)) else {
            throw .privateKey(reason: ErrorQueue.takeReason())
        }
        try self.init(unsafe SigningHandle(key, operation: "PEM_read_bio_PrivateKey"))
    }

    /// Fetches a private key by URI (OSSL_STORE): `pkcs11:` where a provider for it is configured in OpenSSL, `file:`
    /// always.
    ///
    /// Nothing is asked on a terminal: a PIN comes from the URI's `pin-source` or the provider's configuration.
    package convenience init(uri: String) throws(CryptoError) {
        defer { shim_clean_up_first() }
        guard let key = unsafe shim_store_private_key(uri) else { throw .privateKey(reason: ErrorQueue.takeReason()) }
        try self.init(unsafe SigningHandle(key, operation: "OSSL_STORE_load"), isStored: true)
    }

    /// Generates a key pair.
    package static func generate(_ scheme: SigningScheme) throws(CryptoError) -> SigningKey {
        let made =
            switch scheme {
            case .ed25519: unsafe shim_generate_ed25519()
            case .ecdsaP256: unsafe shim_generate_ec(EllipticCurve.p256.groupName)
            case .rsaPSS: unsafe shim_generate_rsa(3072)
            }
        return try unsafe SigningKey(SigningHandle(made, operation: "EVP_PKEY_Q_keygen"))
    }

    private init(_ handle: SigningHandle, isStored: Bool = false) throws(CryptoError) {
        self.handle = handle
        self.isStored = isStored
        publicKey = try VerifyingKey(handle)
    }

    /// Signs `bytes` by the key's one scheme; RSA-PSS with a salt as long as the hash, ECDSA as a DER SEQUENCE.
    package func sign(_ bytes: ByteSlice) throws(CryptoError) -> [UInt8] {
        defer { if isStored { shim_clean_up_first() } }
        let signature = unsafe handle.withContext({ context, settings, hash in
            var status = unsafe EVP_DigestSignInit(context, settings, hash, nil, handle.pointer)
            if status == 1, handle.scheme == .rsaPSS {
                status = unsafe shim_set_pss(settings.pointee, RSA_PSS_SALTLEN_DIGEST)
            }
            return status
        }) { context -> [UInt8]? in
            var count = Int(unsafe EVP_PKEY_get_size(handle.pointer))
            var signature = [UInt8](repeating: 0, count: count)
            let status = unsafe bytes.withUnsafeBytes { all in
                let start = unsafe all.baseAddress?.assumingMemoryBound(to: UInt8.self)
                return unsafe EVP_DigestSign(context, &signature, &count, start, all.count)
            }
            return status == 1 ? Array(signature.prefix(count)) : nil
        }
        guard let signature else { throw ErrorQueue.failure(of: "EVP_DigestSign") }
        return signature
    }

    /// Signs `bytes` as a JWS is signed: an ECDSA signature is r‖s.
    package func signJWS(_ bytes: ByteSlice) throws(CryptoError) -> [UInt8] {
        let signature = try sign(bytes)
        guard handle.scheme == .ecdsaP256 else { return signature }
        guard let raw = ECDSASignature.raw(signature, .p256) else { throw ErrorQueue.failure(of: "EVP_DigestSign") }
        return raw
    }

    /// The private key as unencrypted PKCS#8 in PEM; nil where it cannot leave its store.
    package var pkcs8PEM: String? {
        guard let bio = unsafe BIO_new(BIO_s_mem()) else { return nil }
        defer { unsafe BIO_free(bio) }
        guard unsafe PEM_write_bio_PKCS8PrivateKey(bio, handle.pointer, nil, nil, 0, nil, nil) == 1 else {
            ErrorQueue.drain()
            return nil
        }
        var text = [UInt8](repeating: 0, count: Int(unsafe BIO_ctrl_pending(bio)))
        let count = Int32(clamping: text.count)
        guard unsafe BIO_read(bio, &text, count) == count else { return nil }
        return String(decoding: text, as: UTF8.self)
    }
}
