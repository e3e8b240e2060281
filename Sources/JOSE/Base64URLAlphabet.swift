import Encoding

/// Tells whether bytes are all of the base64url alphabet (RFC 4648 §5), sixteen at a time.
///
/// A JWS is checked whole before its parts are decoded, so that framing is one rule with one answer and the key
/// look-up never sees half-read text.
enum Base64URLAlphabet {
    /// The position of the first byte outside the alphabet, or nil.
    static func firstForeign(in text: ByteSlice) -> Int? {
        unsafe text.withUnsafeBytes { bytes in
            let width = 16
            var at = 0
            while at + width <= bytes.count {
                guard unsafe allBelong(bytes.loadUnaligned(fromByteOffset: at, as: SIMD16<UInt8>.self)) else { break }
                at += width
            }
            while at < bytes.count {
                guard belongs(unsafe bytes[at]) else { return at }
                at += 1
            }
            return nil
        }
    }

    private static func allBelong(_ block: SIMD16<UInt8>) -> Bool {
        let lower = block | 0x20
        let letter = (lower &- 0x61) .< 26
        let digit = (block &- 0x30) .< 10
        let dash = block .== 0x2d
        let underscore = block .== 0x5f
        return all(letter .| digit .| dash .| underscore)
    }

    private static func belongs(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x41...0x5a, 0x61...0x7a, 0x30...0x39, 0x2d, 0x5f: true
        default: false
        }
    }
}
