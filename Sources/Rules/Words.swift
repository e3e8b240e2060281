import Encoding

/// The small alphabets that identifiers of the field are written in; linear scans, no regular expressions.
enum Words {
    /// True for 1 to `maximum` ASCII letters and digits.
    static func isWord(_ text: ByteSlice, maximum: Int) -> Bool {
        guard !text.isEmpty, text.count <= maximum else { return false }
        return !text.contains { !isAlphanumeric($0) }
    }

    /// True for 1 to `maximum` ASCII letters, digits and hyphens.
    static func isHyphenated(_ text: ByteSlice, maximum: Int) -> Bool {
        guard !text.isEmpty, text.count <= maximum else { return false }
        return !text.contains { !isAlphanumeric($0) && $0 != UInt8(ascii: "-") }
    }

    /// True for a UUID of version 4 and variant 10, in either letter case.
    static func isUUIDv4(_ text: ByteSlice) -> Bool {
        guard text.count == 36 else { return false }
        for index in 0..<36 {
            let byte = text[index]
            switch index {
            case 8, 13, 18, 23:
                guard byte == UInt8(ascii: "-") else { return false }
            case 14:
                guard byte == UInt8(ascii: "4") else { return false }
            case 19:
                guard [0x38, 0x39, 0x61, 0x62, 0x41, 0x42].contains(byte) else { return false }
            default:
                guard Hex.value(of: byte) != nil else { return false }
            }
        }
        return true
    }

    /// How many Unicode scalars a UTF-8 text has.
    static func length(_ text: ByteSlice) -> Int {
        var count = 0
        for index in 0..<text.count where text[index] & 0xC0 != 0x80 { count += 1 }
        return count
    }

    /// True for a text of more Unicode scalars than `limit`; counts them only where the bytes are more.
    static func isLonger(_ text: ByteSlice, than limit: Int) -> Bool { text.count > limit && length(text) > limit }

    /// True where a text holds C0, DEL or C1 controls, line or paragraph separators, or bidirectional controls (UTF-8).
    static func hasControl(_ text: ByteSlice) -> Bool {
        if text.isPrintableASCII { return false }
        var previous: UInt8 = 0
        var before: UInt8 = 0
        for index in 0..<text.count {
            let byte = text[index]
            if byte < 0x20 || byte == 0x7F { return true }
            if previous == 0xC2, byte < 0xA0 { return true }
            if before == 0xE2, previous == 0x80, (0xA8...0xAE).contains(byte) { return true }
            if before == 0xE2, previous == 0x81, (0xA6...0xA9).contains(byte) { return true }
            before = previous
            previous = byte
        }
        return false
    }

    static func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) }

    static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
}
