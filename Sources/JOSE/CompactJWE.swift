package import Encoding

/// A JWE in compact serialization, cut into its five parts and decoded (RFC 7516 §7.1).
package struct CompactJWE {
    /// The encryption all of ours have: AES-256-GCM (RFC 7518 §5.3).
    package static let encryption = "A256GCM"

    /// The encoded protected header: what is authenticated with the content.
    package let header: ByteSlice
    package let encryptedKey: [UInt8]
    package let nonce: [UInt8]
    package let ciphertext: [UInt8]
    package let tag: [UInt8]

    /// The most bytes of the decoded parts.
    package struct Limits: Equatable, Sendable {
        package var header = 4 << 10
        package var encryptedKey = 1 << 10
        package var ciphertext = 1 << 20

        package init() {}
    }

    /// Cuts `text` into exactly five parts and decodes all but the header, each within `limits`.
    package static func decode(_ text: ByteSlice, limits: Limits = Limits()) throws(JWEFault) -> CompactJWE {
        var parts: [ByteSlice] = []
        var from = 0
        while let dot = text.firstIndex(of: UInt8(ascii: "."), from: from), parts.count < 5 {
            parts.append(text[from..<dot])
            from = dot + 1
        }
        parts.append(text[from..<text.count])
        guard parts.count == 5 else { throw .parts }
        try bound(parts[0], .header, limits.header)
        return CompactJWE(
            header: parts[0],
            encryptedKey: try decoded(parts[1], .encryptedKey, limits.encryptedKey),
            nonce: try decoded(parts[2], .nonce, 64),
            ciphertext: try decoded(parts[3], .ciphertext, limits.ciphertext),
            tag: try decoded(parts[4], .tag, 64)
        )
    }

    private static func bound(_ text: ByteSlice, _ part: JWEPart, _ limit: Int) throws(JWEFault) {
        guard text.count <= (limit + 2) / 3 * 4 else { throw .tooLong(part, limit: limit) }
    }

    private static func decoded(_ text: ByteSlice, _ part: JWEPart, _ limit: Int) throws(JWEFault) -> [UInt8] {
        try bound(text, part, limit)
        let buffer = ByteBuffer(capacity: text.count)
        do { try Base64URL.decode(text, into: buffer) } catch { throw .encoding(part) }
        guard buffer.count <= limit else { throw .tooLong(part, limit: limit) }
        return buffer.all.bytes
    }
}
