import CLibcrypto

/// AES in Galois/Counter Mode (NIST SP 800-38D; RFC 7518 §5.3): a nonce of 12 bytes, a tag of 16.
///
/// The key's length says which AES: 16, 24 or 32 bytes. A nonce must never come twice under one key.
package enum AESGCM {
    /// The bytes of a nonce.
    package static let nonceByteCount = 12
    /// The bytes of a tag.
    package static let tagByteCount = 16

    /// What sealing made.
    package struct Sealed: Equatable, Sendable {
        package var ciphertext: [UInt8]
        package var tag: [UInt8]

        package init(ciphertext: [UInt8], tag: [UInt8]) {
            self.ciphertext = ciphertext
            self.tag = tag
        }
    }

    /// Seals `plaintext`; `associated` is authenticated with it and not sealed.
    package static func seal(
        _ plaintext: [UInt8],
        key: [UInt8],
        nonce: [UInt8],
        associated: [UInt8]
    ) throws(CryptoError) -> Sealed {
        guard let cipher = unsafe cipher(key, nonce), let context = unsafe EVP_CIPHER_CTX_new() else {
            throw .cipherInput
        }
        defer { unsafe EVP_CIPHER_CTX_free(context) }
        var sealed = Sealed(
            ciphertext: [UInt8](repeating: 0, count: plaintext.count + tagByteCount),
            tag: [UInt8](repeating: 0, count: tagByteCount)
        )
        var (count, rest) = (0 as Int32, 0 as Int32)
        guard unsafe EVP_EncryptInit_ex2(context, cipher, key, nonce, nil) == 1,
            unsafe EVP_EncryptUpdate(context, nil, &count, associated, Int32(clamping: associated.count)) == 1,
            unsafe EVP_EncryptUpdate(
                context,
                &sealed.ciphertext,
                &count,
                plaintext,
                Int32(clamping: plaintext.count)
            ) == 1,
            Int(count) == plaintext.count,
            unsafe EVP_EncryptFinal_ex(context, &sealed.tag, &rest) == 1,
            rest == 0,
            unsafe EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, Int32(tagByteCount), &sealed.tag) == 1
        else { throw ErrorQueue.failure(of: "EVP_EncryptUpdate") }
        sealed.ciphertext.removeLast(tagByteCount)
        return sealed
    }

    /// Opens what was sealed; nil where the tag does not hold, be it for another key, nonce, text or associated text.
    package static func open(
        _ sealed: Sealed,
        key: [UInt8],
        nonce: [UInt8],
        associated: [UInt8]
    ) -> [UInt8]? {
        guard sealed.tag.count == tagByteCount, let cipher = unsafe cipher(key, nonce),
            let context = unsafe EVP_CIPHER_CTX_new()
        else { return nil }
        defer { unsafe EVP_CIPHER_CTX_free(context) }
        var plaintext = [UInt8](repeating: 0, count: sealed.ciphertext.count + tagByteCount)
        var (count, rest) = (0 as Int32, 0 as Int32)
        var (tag, end) = (sealed.tag, [UInt8](repeating: 0, count: tagByteCount))
        guard unsafe EVP_DecryptInit_ex2(context, cipher, key, nonce, nil) == 1,
            unsafe EVP_DecryptUpdate(context, nil, &count, associated, Int32(clamping: associated.count)) == 1,
            unsafe EVP_DecryptUpdate(
                context,
                &plaintext,
                &count,
                sealed.ciphertext,
                Int32(clamping: sealed.ciphertext.count)
            ) == 1,
            Int(count) == sealed.ciphertext.count,
            unsafe EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, Int32(tagByteCount), &tag) == 1,
            unsafe EVP_DecryptFinal_ex(context, &end, &rest) == 1
        else {
            ErrorQueue.drain()
            return nil
        }
        plaintext.removeLast(tagByteCount)
        return plaintext
    }

    private static func cipher(_ key: [UInt8], _ nonce: [UInt8]) -> OpaquePointer? {
        guard nonce.count == nonceByteCount else { return nil }
        switch key.count {
        case 16: return unsafe EVP_aes_128_gcm()
        case 24: return unsafe EVP_aes_192_gcm()
        case 32: return unsafe EVP_aes_256_gcm()
        default: return nil
        }
    }
}
