import CLibcrypto

/// RSA encryption with OAEP, SHA-256 for both hashes and no label (RFC 8017 §7.1; `RSA-OAEP-256` of RFC 7518 §4.3).
package enum RSAOAEP {
    /// Encrypts a short text, such as a content key, to an RSA key.
    package static func encrypt(_ plaintext: [UInt8], to key: PublicKey) throws(CryptoError) -> [UInt8] {
        guard case .rsa = key.kind, let handle = key.handle else { throw .cipherInput }
        guard let context = unsafe context(handle.pointer, EVP_PKEY_encrypt_init) else {
            throw ErrorQueue.failure(of: "EVP_PKEY_encrypt_init")
        }
        defer { unsafe EVP_PKEY_CTX_free(context) }
        var count = key.signatureByteCount
        var ciphertext = [UInt8](repeating: 0, count: count)
        guard unsafe EVP_PKEY_encrypt(context, &ciphertext, &count, plaintext, plaintext.count) == 1 else {
            throw ErrorQueue.failure(of: "EVP_PKEY_encrypt")
        }
        return Array(ciphertext.prefix(count))
    }

    /// Decrypts; nil for anything that was not encrypted to this key, without saying what was wrong with it.
    package static func decrypt(_ ciphertext: [UInt8], with key: PrivateKey) -> [UInt8]? {
        guard case .rsa = key.publicKey.kind, ciphertext.count == key.publicKey.signatureByteCount,
            let context = unsafe context(key.handle, EVP_PKEY_decrypt_init)
        else { return nil }
        defer { unsafe EVP_PKEY_CTX_free(context) }
        var count = ciphertext.count
        var plaintext = [UInt8](repeating: 0, count: count)
        guard unsafe EVP_PKEY_decrypt(context, &plaintext, &count, ciphertext, ciphertext.count) == 1 else {
            ErrorQueue.drain()
            return nil
        }
        return Array(plaintext.prefix(count))
    }

    private static func context(
        _ key: OpaquePointer,
        _ begin: (OpaquePointer?) -> Int32
    ) -> OpaquePointer? {
        guard let context = unsafe EVP_PKEY_CTX_new_from_pkey(nil, key, nil) else { return nil }
        let hash = unsafe HashFunction.sha256.implementation.pointer
        guard unsafe begin(context) == 1,
            unsafe EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_OAEP_PADDING) == 1,
            unsafe EVP_PKEY_CTX_set_rsa_oaep_md(context, hash) == 1,
            unsafe EVP_PKEY_CTX_set_rsa_mgf1_md(context, hash) == 1
        else {
            unsafe EVP_PKEY_CTX_free(context)
            return nil
        }
        return unsafe context
    }
}
