import CLibcrypto
import Encoding
import Glibc

/// OpenSSL's form of one certificate.
///
/// `@unchecked Sendable`: the certificate is never changed, and what OpenSSL caches inside it is cached at init, under
/// its lock.
@safe final class CertificateHandle: @unchecked Sendable {
    let pointer: OpaquePointer

    /// Reads a certificate; nil unless the bytes are all of it and OpenSSL would write the same.
    init?(_ der: [UInt8]) {
        let parsed = unsafe der.withUnsafeBufferPointer { buffer -> OpaquePointer? in
            var position = buffer.baseAddress
            return unsafe d2i_X509(nil, &position, buffer.count)
        }
        guard let certificate = unsafe parsed else {
            ErrorQueue.drain()
            return nil
        }
        unsafe pointer = certificate
        _ = unsafe X509_check_purpose(certificate, -1, 0)
        ErrorQueue.drain()
        guard unsafe Self.der(certificate) == der else { return nil }
    }

    deinit {
        unsafe X509_free(pointer)
    }

    /// 1, 2 or 3.
    var version: Int { unsafe X509_get_version(pointer) + 1 }

    /// Whether BasicConstraints make it an authority.
    var isAuthority: Bool { unsafe X509_get_extension_flags(pointer) & UInt32(EXFLAG_CA) != 0 }

    /// Returns the DER of a certificate OpenSSL holds.
    static func der(_ certificate: OpaquePointer) -> [UInt8] {
        let count = unsafe Int(i2d_X509(certificate, nil))
        guard count > 0 else { return [] }
        var bytes = [UInt8](repeating: 0, count: count)
        unsafe bytes.withUnsafeMutableBufferPointer { buffer in
            var position = buffer.baseAddress
            _ = unsafe i2d_X509(certificate, &position)
        }
        return bytes
    }

    /// Returns the first and the last second of validity; nil when a date is none.
    static func validity(_ certificate: OpaquePointer) -> ClosedRange<UnixTime>? {
        guard let first = unsafe seconds(X509_get0_notBefore(certificate)),
            let last = unsafe seconds(X509_get0_notAfter(certificate)), first <= last
        else { return nil }
        return first...last
    }

    private static func seconds(_ time: UnsafePointer<ASN1_TIME>?) -> UnixTime? {
        var fields = unsafe tm()
        guard unsafe ASN1_TIME_to_tm(time, &fields) == 1 else { return nil }
        return unsafe UnixTime(timegm(&fields))
    }
}
