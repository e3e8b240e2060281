import CLibssl
import Crypto

/// A server's certificate and key, ready for connections.
///
/// `@unchecked Sendable`: set at init and only read afterwards; OpenSSL counts the references to it.
@safe final class TLSContext: @unchecked Sendable {
    private let handle: OpaquePointer

    init(_ identity: TLSIdentity) throws(SimulatorError) {
        let certificate = identity.certificatePEM
        let key = identity.key.pkcs8PEM
        let made = unsafe shim_server_context(
            certificate,
            Int32(certificate.utf8.count),
            key,
            Int32(key.utf8.count)
        )
        guard let context = unsafe made else { throw .tls }
        unsafe handle = context
    }

    deinit {
        unsafe SSL_CTX_free(handle)
    }

    /// A new session of OpenSSL; the caller frees it.
    @unsafe func session() -> OpaquePointer? { unsafe shim_server_session(handle) }
}
