/// What characters a name may hold.
enum NameText {
    /// True when `text` has no NUL and no other control character (C0, DEL, C1).
    static func isClean(_ text: String) -> Bool {
        var previous: UInt8 = 0
        for byte in text.utf8 {
            if byte < 0x20 || byte == 0x7F { return false }
            if previous == 0xC2, byte < 0xA0 { return false }
            previous = byte
        }
        return true
    }
}
