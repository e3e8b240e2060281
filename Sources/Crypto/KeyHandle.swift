import CLibcrypto

/// OpenSSL's form of a public key; freed with the object.
///
/// `@unchecked Sendable`: the pointer is set at init; OpenSSL locks inside the EVP_PKEY what it caches there.
@safe final class KeyHandle: @unchecked Sendable {
    let pointer: OpaquePointer

    /// Makes it of a key's numbers; for a point that is not on its curve there is none.
    init(_ material: PublicKey.Material) throws(KeyFault) {
        unsafe pointer = try Self.make(material)
    }

    deinit {
        unsafe EVP_PKEY_free(pointer)
    }

    private static func make(_ material: PublicKey.Material) throws(KeyFault) -> OpaquePointer {
        switch material {
        case .rsa(let modulus, let exponent):
            var littleModulus = [UInt8](modulus.reversed())
            var littleExponent = [UInt8](exponent.reversed())
            let made = unsafe shim_rsa_public_key(
                &littleModulus,
                littleModulus.count,
                &littleExponent,
                littleExponent.count
            )
            guard let key = unsafe made else { throw .library(ErrorQueue.takeReason()) }
            return unsafe key
        case .ec(let curve, let x, let y):
            var point = [0x04] + x + y
            guard let key = unsafe shim_ec_public_key(curve.groupName, &point, point.count) else {
                ErrorQueue.drain()
                throw .notOnCurve
            }
            guard unsafe isOnCurve(key) else {
                unsafe EVP_PKEY_free(key)
                throw .notOnCurve
            }
            return unsafe key
        }
    }

    private static func isOnCurve(_ key: OpaquePointer) -> Bool {
        guard let context = unsafe EVP_PKEY_CTX_new_from_pkey(nil, key, nil) else { return false }
        defer { unsafe EVP_PKEY_CTX_free(context) }
        guard unsafe EVP_PKEY_public_check(context) == 1 else {
            ErrorQueue.drain()
            return false
        }
        return true
    }
}
