import CLibcrypto

/// OpenSSL's form of a key that signs or verifies metadata; freed with the object.
///
/// `@unchecked Sendable`: everything is set at init, and each use makes a context of its own.
@safe final class SigningHandle: @unchecked Sendable {
    let pointer: OpaquePointer
    /// What the key signs with; a key has one scheme only.
    let scheme: SigningScheme

    /// The sizes of RSA keys that sign metadata.
    static let modulusBits = 2048...8192

    /// Takes over `made`, an EVP_PKEY or the nil of a failed `operation`; another kind of key is refused.
    init(_ made: OpaquePointer?, operation: String) throws(CryptoError) {
        guard let key = unsafe made else { throw ErrorQueue.failure(of: operation) }
        guard let scheme = unsafe Self.scheme(of: key) else {
            unsafe EVP_PKEY_free(key)
            throw .key(.unsupported)
        }
        unsafe pointer = key
        self.scheme = scheme
    }

    deinit {
        unsafe EVP_PKEY_free(pointer)
    }

    /// Signs `bytes`, or verifies a signature over them, with a context prepared for the scheme.
    func withContext<R>(
        _ begin: (OpaquePointer, UnsafeMutablePointer<OpaquePointer?>, OpaquePointer?) -> Int32,
        _ body: (OpaquePointer) -> R?
    ) -> R? {
        guard let context = unsafe EVP_MD_CTX_new() else { return nil }
        defer { unsafe EVP_MD_CTX_free(context) }
        var settings: OpaquePointer?
        let hash = unsafe scheme == .ed25519 ? nil : HashFunction.sha256.implementation.pointer
        guard unsafe begin(context, &settings, hash) == 1 else { return nil }
        return unsafe body(context)
    }

    private static func scheme(of key: OpaquePointer) -> SigningScheme? {
        switch unsafe EVP_PKEY_get_base_id(key) {
        case EVP_PKEY_ED25519: return .ed25519
        case EVP_PKEY_RSA: return unsafe modulusBits.contains(Int(EVP_PKEY_get_bits(key))) ? .rsaPSS : nil
        case EVP_PKEY_EC:
            var name = [CChar](repeating: 0, count: 32)
            guard unsafe EVP_PKEY_get_group_name(key, &name, name.count, nil) == 1 else {
                ErrorQueue.drain()
                return nil
            }
            let text = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            return text == "prime256v1" || text == EllipticCurve.p256.groupName ? .ecdsaP256 : nil
        default: return nil
        }
    }
}
