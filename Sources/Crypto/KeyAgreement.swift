import CLibcrypto

/// Elliptic curve Diffie-Hellman (NIST SP 800-56A §5.7.1.2): the secret two keys of one curve share.
package enum KeyAgreement {
    /// Returns the x coordinate of the shared point, as long as the curve's field; both keys must be of one curve.
    package static func secret(_ own: PrivateKey, _ other: PublicKey) throws(CryptoError) -> [UInt8] {
        guard case .ec(let curve) = own.publicKey.kind, other.kind == .ec(curve), let peer = other.handle else {
            throw .cipherInput
        }
        guard let context = unsafe EVP_PKEY_CTX_new_from_pkey(nil, own.handle, nil) else {
            throw ErrorQueue.failure(of: "EVP_PKEY_CTX_new_from_pkey")
        }
        defer { unsafe EVP_PKEY_CTX_free(context) }
        var count = curve.byteCount
        var secret = [UInt8](repeating: 0, count: count)
        guard unsafe EVP_PKEY_derive_init(context) == 1,
            unsafe EVP_PKEY_derive_set_peer(context, peer.pointer) == 1,
            unsafe EVP_PKEY_derive(context, &secret, &count) == 1,
            count == curve.byteCount
        else { throw ErrorQueue.failure(of: "EVP_PKEY_derive") }
        return secret
    }
}
