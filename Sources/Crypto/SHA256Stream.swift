package import Encoding

/// A SHA-256 over pieces that never lie together in memory: a batch file, a growing result.
package final class SHA256Stream {
    private let context = DigestContext()

    package init() { context.begin(.sha256) }

    /// Adds a piece.
    package func update(_ piece: ByteSlice) { context.update(piece) }

    /// Adds one byte.
    package func update(_ byte: UInt8) { unsafe withUnsafeBytes(of: byte) { unsafe context.update($0) } }

    /// Adds the 32 bytes of a digest.
    package func update(_ digest: SHA256Digest) { unsafe digest.withUnsafeBytes { unsafe context.update($0) } }

    /// Adds a number as eight bytes, most significant first.
    package func update(bigEndian number: Int64) {
        unsafe withUnsafeBytes(of: number.bigEndian) { unsafe context.update($0) }
    }

    /// Adds the UTF-8 of a text.
    package func update(_ text: String) {
        var text = text
        text.withUTF8 { unsafe context.update(UnsafeRawBufferPointer($0)) }
    }

    /// The digest of all pieces; the stream begins anew after it.
    package func finish() -> SHA256Digest {
        let digest = context.finishSHA256()
        context.begin(.sha256)
        return digest
    }
}
