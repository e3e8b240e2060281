import CLibcrypto
package import Encoding
import Glibc

/// Random bytes from the kernel (getentropy(3), at most 256 a call): a group of requests takes all it needs at once.
package enum SecureRandom {
    /// Returns `count` random bytes.
    package static func bytes(_ count: Int) throws(CryptoError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var fault: CryptoError?
        unsafe bytes.withUnsafeMutableBytes { unsafe fault = fill($0) }
        if let fault { throw fault }
        return bytes
    }

    /// Appends `count` random bytes to `buffer`.
    package static func fill(_ buffer: ByteBuffer, _ count: Int) throws(CryptoError) {
        let fault = unsafe withUnsafeTemporaryAllocation(byteCount: count, alignment: 1) { bytes -> CryptoError? in
            defer { unsafe OPENSSL_cleanse(bytes.baseAddress, bytes.count) }
            if let fault = unsafe fill(bytes) { return fault }
            unsafe buffer.append(unsafe: UnsafeRawBufferPointer(bytes))
            return nil
        }
        if let fault { throw fault }
    }

    private static func fill(_ bytes: UnsafeMutableRawBufferPointer) -> CryptoError? {
        guard let base = bytes.baseAddress else { return nil }
        for start in stride(from: 0, to: bytes.count, by: 256) {
            guard unsafe getentropy(base + start, min(256, bytes.count - start)) == 0 else { return .random(errno) }
        }
        return nil
    }
}
