import CLibcrypto
import Encoding

/// A running hash with one owner, reused from text to text.
///
/// A failing hash would mean that OpenSSL itself is broken or out of memory; the process stops rather than go on with a
/// wrong digest.
@safe struct DigestContext: ~Copyable {
    private let pointer: OpaquePointer

    init() {
        guard let created = unsafe EVP_MD_CTX_new() else { preconditionFailure("out of memory for a digest") }
        unsafe pointer = created
    }

    deinit {
        unsafe EVP_MD_CTX_free(pointer)
    }

    /// Starts over with `hash`.
    func begin(_ hash: HashFunction) {
        let status = unsafe EVP_DigestInit_ex2(pointer, hash.implementation.pointer, nil)
        precondition(status == 1, "OpenSSL cannot begin a digest")
    }

    func update(_ bytes: UnsafeRawBufferPointer) {
        let status = unsafe EVP_DigestUpdate(pointer, bytes.baseAddress, bytes.count)
        precondition(status == 1, "OpenSSL cannot continue a digest")
    }

    func update(_ slice: ByteSlice) {
        unsafe slice.withUnsafeBytes { bytes in unsafe update(bytes) }
    }

    /// Makes `other` continue from where this one stands.
    func copy(to other: borrowing DigestContext) {
        let status = unsafe EVP_MD_CTX_copy_ex(other.pointer, pointer)
        precondition(status == 1, "OpenSSL cannot copy a digest")
    }

    /// Writes the digest: `destination` has room for 64 bytes.
    func finish(into destination: UnsafeMutablePointer<UInt8>) {
        let status = unsafe EVP_DigestFinal_ex(pointer, destination, nil)
        precondition(status == 1, "OpenSSL cannot finish a digest")
    }

    /// Returns the SHA-256 of what went in since `begin(.sha256)`.
    func finishSHA256() -> SHA256Digest {
        var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        unsafe withUnsafeMutableBytes(of: &words) { bytes in
            let typed = unsafe bytes.assumingMemoryBound(to: UInt8.self)
            if let base = typed.baseAddress { unsafe finish(into: base) }
        }
        return SHA256Digest(words.0.bigEndian, words.1.bigEndian, words.2.bigEndian, words.3.bigEndian)
    }
}
