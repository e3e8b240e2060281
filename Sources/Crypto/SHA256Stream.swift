package import Encoding

/// A SHA-256 over pieces that never lie together in memory: a batch file, a growing result.
package final class SHA256Stream {
    private let context = DigestContext()

    package init() { context.begin(.sha256) }

    /// Adds a piece.
    package func update(_ piece: ByteSlice) { context.update(piece) }

    /// Adds one byte.
    package func update(_ byte: UInt8) { unsafe withUnsafeBytes(of: byte) { unsafe context.update($0) } }

    /// The digest of all pieces; the stream begins anew after it.
    package func finish() -> SHA256Digest {
        let digest = context.finishSHA256()
        context.begin(.sha256)
        return digest
    }
}
