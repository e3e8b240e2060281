import CLibcrypto
import Encoding

/// A key pair: signs bundles, and everything the simulator and the tests make.
///
/// `@unchecked Sendable`: everything is set at init, and each use makes a context of its own.
@safe package final class PrivateKey: @unchecked Sendable {
    /// The public half.
    package let publicKey: PublicKey
    let handle: OpaquePointer

    /// Generates an RSA key pair; fewer than 2,048 bits only make negative tests.
    package static func generateRSA(bits: Int = 2048) throws(CryptoError) -> PrivateKey {
        let bounds = RSABounds(bits: min(bits, 2048)...8192)
        return try unsafe PrivateKey(shim_generate_rsa(bits), operation: "EVP_PKEY_Q_keygen", bounds)
    }

    /// Generates an EC key pair.
    package static func generateEC(_ curve: EllipticCurve) throws(CryptoError) -> PrivateKey {
        try unsafe PrivateKey(shim_generate_ec(curve.groupName), operation: "EVP_PKEY_Q_keygen", .standard)
    }

    /// Reads a private key in PEM: PKCS#8 or the older forms, never encrypted.
    package convenience init(pem: String, bounds: RSABounds = .standard) throws(CryptoError) {
        let text = Array(pem.utf8)
        guard let key = unsafe shim_read_private_key(text, Int32(clamping: text.count)) else {
            throw .privateKey(reason: ErrorQueue.takeReason())
        }
        try unsafe self.init(key, operation: "PEM_read_bio_PrivateKey", bounds)
    }

    /// Takes over `made`, an EVP_PKEY or the nil of a failed `operation`.
    private init(_ made: OpaquePointer?, operation: String, _ bounds: RSABounds) throws(CryptoError) {
        guard let key = unsafe made else { throw ErrorQueue.failure(of: operation) }
        do {
            publicKey = try PublicKey.spki(unsafe Self.der { unsafe i2d_PUBKEY(key, $0) }, bounds: bounds)
        } catch {
            unsafe EVP_PKEY_free(key)
            throw .key(error)
        }
        unsafe handle = key
    }

    deinit {
        unsafe EVP_PKEY_free(handle)
    }

    /// Signs `bytes` and returns the JWS form: RSA bytes, or r‖s.
    package func sign(_ bytes: [UInt8], _ algorithm: SignatureAlgorithm) throws(CryptoError) -> [UInt8] {
        guard publicKey.fits(algorithm) else { throw .unfit(algorithm) }
        let signature = try sign(bytes, algorithm.scheme)
        guard let curve = algorithm.curve else { return signature }
        guard let raw = ECDSASignature.raw(signature, curve) else { throw .unfit(algorithm) }
        return raw
    }

    /// Signs `bytes` and returns the X.509 form: RSA bytes, or a DER SEQUENCE.
    func sign(_ bytes: [UInt8], _ scheme: SignatureScheme) throws(CryptoError) -> [UInt8] {
        guard let context = unsafe EVP_MD_CTX_new() else { throw ErrorQueue.failure(of: "EVP_MD_CTX_new") }
        defer { unsafe EVP_MD_CTX_free(context) }
        var settings: OpaquePointer?
        var isReady =
            unsafe EVP_DigestSignInit(context, &settings, scheme.hash.implementation.pointer, nil, handle) == 1
        if scheme.padding == .pss {
            isReady = unsafe isReady && EVP_PKEY_CTX_set_rsa_padding(settings, RSA_PKCS1_PSS_PADDING) == 1
            isReady = unsafe isReady && EVP_PKEY_CTX_set_rsa_pss_saltlen(settings, Int32(scheme.hash.byteCount)) == 1
        }
        var count = unsafe Int(EVP_PKEY_get_size(handle))
        var signature = [UInt8](repeating: 0, count: count)
        guard isReady, unsafe EVP_DigestSign(context, &signature, &count, bytes, bytes.count) == 1 else {
            throw ErrorQueue.failure(of: "EVP_DigestSign")
        }
        return Array(signature.prefix(count))
    }

    /// The private key as unencrypted PKCS#8 in PEM.
    package var pkcs8PEM: String {
        let info = unsafe EVP_PKEY2PKCS8(handle)
        defer { unsafe PKCS8_PRIV_KEY_INFO_free(info) }
        precondition(unsafe info != nil, "OpenSSL cannot write a key it holds")
        return PEM.encode(unsafe Self.der { unsafe i2d_PKCS8_PRIV_KEY_INFO(info, $0) }, label: "PRIVATE KEY")
    }

    /// Returns what an i2d function writes; nothing when it fails.
    private static func der(
        _ write: (UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>?) -> Int32
    ) -> [UInt8] {
        let count = Int(write(nil))
        guard count > 0 else {
            ErrorQueue.drain()
            return []
        }
        var bytes = [UInt8](repeating: 0, count: count)
        unsafe bytes.withUnsafeMutableBufferPointer { buffer in
            var position = buffer.baseAddress
            _ = unsafe write(&position)
        }
        return bytes
    }
}
