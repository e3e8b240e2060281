import CLibcrypto

/// The verification contexts one worker keeps: a direct-mapped table, so that memory is bounded however many keys pass.
///
/// Preparing a context costs 19 µs, about half a verification. Two keys that fall on one slot replace each other and
/// only cost time.
@safe struct ContextTable: ~Copyable {
    private static let slotCount = 4096

    @safe
    private struct Slot {
        /// Key number and scheme of the context; 0 where there is none.
        var tag = 0
        var context: OpaquePointer?
        /// Keeps the key alive as long as its context.
        var key: PublicKey?
    }

    private var slots = [Slot](repeating: Slot(), count: slotCount)

    deinit {
        for slot in slots { unsafe EVP_PKEY_CTX_free(slot.context) }
    }

    /// Returns a context ready to verify with `key`, made now if it is not kept; nil when OpenSSL refuses.
    mutating func context(for key: PublicKey, _ scheme: SignatureScheme) -> OpaquePointer? {
        let tag = key.number << 4 | scheme.index
        let slot = (key.number &+ scheme.index &* 419) & (Self.slotCount - 1)
        if slots[slot].tag == tag { return unsafe slots[slot].context }
        guard let context = unsafe Self.prepare(key, scheme) else {
            ErrorQueue.drain()
            return nil
        }
        unsafe EVP_PKEY_CTX_free(slots[slot].context)
        slots[slot] = unsafe Slot(tag: tag, context: context, key: key)
        return unsafe context
    }

    private static func prepare(_ key: PublicKey, _ scheme: SignatureScheme) -> OpaquePointer? {
        guard let handle = key.handle,
            let context = unsafe EVP_PKEY_CTX_new_from_pkey(nil, handle.pointer, nil)
        else { return nil }
        let hash = unsafe scheme.hash.implementation.pointer
        var isReady = unsafe EVP_PKEY_verify_init(context) == 1
        switch scheme.padding {
        case .ecdsa: break
        case .pkcs1:
            isReady = unsafe isReady && EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1
        case .pss:
            isReady = unsafe isReady && EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1
        }
        isReady = unsafe isReady && EVP_PKEY_CTX_set_signature_md(context, hash) == 1
        if scheme.padding == .pss {
            isReady = unsafe isReady && EVP_PKEY_CTX_set_rsa_mgf1_md(context, hash) == 1
            isReady = unsafe isReady && EVP_PKEY_CTX_set_rsa_pss_saltlen(context, Int32(scheme.hash.byteCount)) == 1
        }
        guard isReady else {
            unsafe EVP_PKEY_CTX_free(context)
            return nil
        }
        return unsafe context
    }
}
