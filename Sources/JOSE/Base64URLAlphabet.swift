import Encoding

/// Tells whether bytes are all of the base64url alphabet (RFC 4648 §5).
///
/// A JWS is checked whole before its parts are decoded, so that framing is one rule with one answer and the key
/// look-up never sees half-read text.
enum Base64URLAlphabet {
    /// The position of the first byte outside the alphabet, or nil.
    static func firstForeign(in text: ByteSlice) -> Int? {
        unsafe text.withUnsafeBytes { bytes in
            // No branch depends on a byte here, so that the compiler takes sixteen bytes at a time.
            var foreign: UInt8 = 0
            for position in 0..<bytes.count { unsafe foreign |= mark(bytes[position]) }
            guard foreign != 0 else { return nil }
            return unsafe bytes.firstIndex { mark($0) != 0 }
        }
    }

    /// 0 for a byte of the alphabet, 1 for any other.
    @inline(__always)
    private static func mark(_ byte: UInt8) -> UInt8 {
        let letter: UInt8 = (byte | 0x20) &- 0x61 < 26 ? 1 : 0
        let digit: UInt8 = byte &- 0x30 < 10 ? 1 : 0
        let dash: UInt8 = byte == 0x2d ? 1 : 0
        let underscore: UInt8 = byte == 0x5f ? 1 : 0
        return (letter | digit | dash | underscore) ^ 1
    }
}
