import CLibcrypto

/// AES Key Wrap with the default initial value (RFC 3394; RFC 7518 §4.4): a wrapped key is 8 bytes longer.
package enum AESKeyWrap {
    private static let surplus = 8

    /// Wraps `key`, of 16 to 64 bytes in whole eights, under a key of 16, 24 or 32 bytes.
    package static func wrap(_ key: [UInt8], under wrapping: [UInt8]) throws(CryptoError) -> [UInt8] {
        guard isWhole(key.count) else { throw .cipherInput }
        guard let wrapped = run(key, under: wrapping, wraps: true, count: key.count + surplus) else {
            throw ErrorQueue.failure(of: "EVP_CipherUpdate")
        }
        return wrapped
    }

    /// Unwraps a key; nil where it was not wrapped under this one, or was changed since.
    package static func unwrap(_ wrapped: [UInt8], under wrapping: [UInt8]) -> [UInt8]? {
        guard isWhole(wrapped.count - surplus) else { return nil }
        let key = run(wrapped, under: wrapping, wraps: false, count: wrapped.count - surplus)
        if key == nil { ErrorQueue.drain() }
        return key
    }

    private static func isWhole(_ count: Int) -> Bool { (16...64).contains(count) && count % 8 == 0 }

    private static func run(_ input: [UInt8], under key: [UInt8], wraps: Bool, count: Int) -> [UInt8]? {
        guard let cipher = unsafe cipher(key), let context = unsafe EVP_CIPHER_CTX_new() else { return nil }
        defer { unsafe EVP_CIPHER_CTX_free(context) }
        unsafe EVP_CIPHER_CTX_set_flags(context, EVP_CIPHER_CTX_FLAG_WRAP_ALLOW)
        // Unwrapping works in place of the longer text.
        var output = [UInt8](repeating: 0, count: input.count + 2 * surplus)
        var written: Int32 = 0
        guard unsafe EVP_CipherInit_ex2(context, cipher, key, nil, wraps ? 1 : 0, nil) == 1,
            unsafe EVP_CipherUpdate(context, &output, &written, input, Int32(input.count)) == 1,
            Int(written) == count
        else { return nil }
        return Array(output.prefix(count))
    }

    private static func cipher(_ key: [UInt8]) -> OpaquePointer? {
        switch key.count {
        case 16: unsafe EVP_aes_128_wrap()
        case 24: unsafe EVP_aes_192_wrap()
        case 32: unsafe EVP_aes_256_wrap()
        default: nil
        }
    }
}
