/// Writes the few DER forms this module has to show again.
enum DERWriter {
    /// Identifier, minimal length and `content`.
    static func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        var octets = [tag]
        if content.count < 0x80 {
            octets.append(UInt8(content.count))
        } else {
            var length: [UInt8] = []
            var rest = content.count
            while rest > 0 {
                length.insert(UInt8(rest & 0xFF), at: 0)
                rest >>= 8
            }
            octets.append(0x80 | UInt8(length.count))
            octets += length
        }
        return octets + content
    }
}
