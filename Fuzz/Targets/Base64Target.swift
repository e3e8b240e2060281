@testable import Encoding

extension FuzzTarget {
    /// Base64url, base64 and hex: one spelling for every byte string, by comparison with a plain decoder.
    static let base64 = FuzzTarget("base64", byteLimit: 1_024) { bytes throws(BrokenProperty) in
        try hold(PlainBase64.url.decode(Array(Base64URL.encode(bytes).utf8)) == bytes, "base64url says something else")
        try Base64Properties.hex(bytes)
        let expected = PlainBase64.url.decode(bytes)
        try hold(Base64Properties.url(bytes) == expected, "base64url is read differently")
        if let expected { try hold(Array(Base64URL.encode(expected).utf8) == bytes, "two spellings of the same bytes") }
        try hold(
            Base64Properties.standard(bytes) == PlainBase64.standard.decodePadded(bytes),
            "base64 is read differently"
        )
        return expected != nil
    }
}

enum Base64Properties {
    /// Decodes into a buffer that holds something, which no refusal may change.
    static func url(_ text: [UInt8]) -> [UInt8]? {
        decoded { (buffer) throws(Base64Error) in try Base64URL.decode(ByteSlice(text), into: buffer) }
    }

    static func standard(_ text: [UInt8]) -> [UInt8]? {
        decoded { (buffer) throws(Base64Error) in try Base64.decode(ByteSlice(text), into: buffer) }
    }

    /// Nil where refused; a refusal that leaves bytes behind comes back as those.
    private static func decoded(_ decode: (ByteBuffer) throws(Base64Error) -> Void) -> [UInt8]? {
        let buffer = ByteBuffer(capacity: 8)
        buffer.append([7])
        let isGood: Bool
        do throws(Base64Error) {
            try decode(buffer)
            isGood = true
        } catch { isGood = false }
        let rest = Array(buffer.all.bytes.dropFirst())
        return isGood || !rest.isEmpty ? rest : nil
    }

    static func hex(_ bytes: [UInt8]) throws(BrokenProperty) {
        try hold(Hex.decode(Hex.encode(bytes)) == bytes, "hex says something else")
        guard let text = String(validating: bytes, as: UTF8.self), let read = Hex.decode(text) else { return }
        try hold(Hex.encode(read) == text.lowercased(), "hex is read differently")
    }
}

/// Base64 by the letter of RFC 4648: slow, without tables.
struct PlainBase64 {
    static let url = PlainBase64(last: "-_")
    static let standard = PlainBase64(last: "+/")

    private let alphabet: [UInt8]

    private init(last: String) {
        alphabet = Array(("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789" + last).utf8)
    }

    /// The bytes of unpadded text, nil where it is not the one spelling of any.
    func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
        var (bytes, bits, held): ([UInt8], UInt32, Int) = ([], 0, 0)
        for letter in text {
            guard let value = alphabet.firstIndex(of: letter) else { return nil }
            bits = bits << 6 | UInt32(value)
            held += 6
            guard held >= 8 else { continue }
            held -= 8
            bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(held)))
            bits &= 1 << UInt32(held) - 1
        }
        return held < 6 && bits == 0 ? bytes : nil
    }

    /// The bytes of text whose padding fills the last four letters.
    func decodePadded(_ text: [UInt8]) -> [UInt8]? {
        guard text.count % 4 == 0 else { return nil }
        let padding = text.suffix(2).reversed().prefix { $0 == UInt8(ascii: "=") }.count
        return decode(text.dropLast(padding))
    }
}
