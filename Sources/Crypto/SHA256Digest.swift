package import Encoding

/// A SHA-256 digest held in four machine words: compared, hashed and copied without an allocation.
package struct SHA256Digest: Hashable, Sendable, CustomStringConvertible {
    /// How many bytes a digest has.
    package static let byteCount = 32

    private let w0, w1, w2, w3: UInt64

    /// Makes a digest of its words, the first word holding the first eight bytes, most significant first.
    package init(_ w0: UInt64, _ w1: UInt64, _ w2: UInt64, _ w3: UInt64) {
        (self.w0, self.w1, self.w2, self.w3) = (w0, w1, w2, w3)
    }

    /// Makes a digest of exactly 32 bytes; nil for any other count.
    package init?(bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        func word(_ at: Int) -> UInt64 {
            bytes[at..<at + 8].reduce(0) { $0 << 8 | UInt64($1) }
        }
        self.init(word(0), word(8), word(16), word(24))
    }

    /// Returns the digest of `bytes`.
    package static func of(_ bytes: [UInt8]) -> SHA256Digest {
        let context = DigestContext()
        context.begin(.sha256)
        unsafe bytes.withUnsafeBytes { unsafe context.update($0) }
        return context.finishSHA256()
    }

    /// Returns the digest of the bytes of `slice`.
    package static func of(_ slice: ByteSlice) -> SHA256Digest {
        let context = DigestContext()
        context.begin(.sha256)
        context.update(slice)
        return context.finishSHA256()
    }

    /// Returns the digest of the UTF-8 bytes of `text`.
    package static func of(_ text: String) -> SHA256Digest {
        of(Array(text.utf8))
    }

    /// The 32 bytes.
    package var bytes: [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
            for at in 0..<32 { unsafe buffer[at] = byte(at) }
            count = 32
        }
    }

    /// Lends the 32 bytes to `body`, without an array of them.
    @unsafe
    package func withUnsafeBytes<R>(_ body: (UnsafeRawBufferPointer) -> R) -> R {
        let words = (w0.bigEndian, w1.bigEndian, w2.bigEndian, w3.bigEndian)
        return unsafe Swift.withUnsafeBytes(of: words) { unsafe body($0) }
    }

    /// The digest as 64 lower-case hexadecimal digits.
    package var hex: String {
        hexDigits(64)
    }

    /// The first 16 hexadecimal digits: the short name used in file names.
    package var prefix16: String {
        hexDigits(16)
    }

    package var description: String { hex }

    /// Appends the 32 bytes to `buffer`.
    package func append(to buffer: ByteBuffer) {
        unsafe withUnsafeBytes { unsafe buffer.append(unsafe: $0) }
    }

    /// Appends the 64 lower-case hexadecimal digits to `buffer`.
    package func appendHex(to buffer: ByteBuffer) {
        unsafe buffer.appendUnsafe(64) { digits in
            unsafe writeHex(digits.bindMemory(to: UInt8.self))
            return 64
        }
    }

    /// Feeds the first word only: eight bytes of a digest are as spread as any hash of all of them.
    package func hash(into hasher: inout Hasher) {
        hasher.combine(w0)
    }

    /// The first eight bytes, most significant first.
    package var word: UInt64 { w0 }

    private func byte(_ at: Int) -> UInt8 {
        let word = at < 8 ? w0 : at < 16 ? w1 : at < 24 ? w2 : w3
        return UInt8(truncatingIfNeeded: word >> UInt64(56 - (at & 7) * 8))
    }

    private func hexDigits(_ count: Int) -> String {
        unsafe String(unsafeUninitializedCapacity: 64) { buffer in
            unsafe writeHex(buffer)
            return count
        }
    }

    /// Writes all 64 digits, eight at a time: each half of a word has its nibbles spread over eight bytes.
    private func writeHex(_ digits: UnsafeMutableBufferPointer<UInt8>) {
        let room = UnsafeMutableRawBufferPointer(digits)
        var at = 0
        for word in [w0, w1, w2, w3] {
            for half in [word >> 32, word & 0xFFFF_FFFF] {
                var spread = (half | half << 16) & 0x0000_FFFF_0000_FFFF
                spread = (spread | spread << 8) & 0x00FF_00FF_00FF_00FF
                spread = (spread | spread << 4) & 0x0F0F_0F0F_0F0F_0F0F
                // 10 to 15 carry into the next nibble when 6 is added: these become letters.
                let letters = (spread &+ 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101
                let text = spread &+ 0x3030_3030_3030_3030 &+ letters &* 0x27
                unsafe room.storeBytes(of: text.bigEndian, toByteOffset: at, as: UInt64.self)
                at += 8
            }
        }
    }
}
