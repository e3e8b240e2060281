import Encoding

/// The header of one member of a USTAR file (POSIX.1-1988): a plain file of user 0 and time 0, mode 0644.
///
/// Every field but name, size and checksum is the same in all of them, so equal contents make equal bytes.
struct TarHeader: Equatable {
    static let blockSize = 512
    static let nameLimit = 100

    /// The folder, without a slash.
    let folder: String
    let name: String
    let size: Int

    /// The 512 bytes.
    var bytes: [UInt8] {
        var block = [UInt8](repeating: 0, count: Self.blockSize)
        func put(_ text: String, at start: Int) {
            for (index, byte) in text.utf8.enumerated() { block[start + index] = byte }
        }
        put(name, at: 0)
        put("0000644", at: 100)
        put("0000000", at: 108)
        put("0000000", at: 116)
        put(Self.octal(size, digits: 11), at: 124)
        put("00000000000", at: 136)
        put("        ", at: 148)
        put("0", at: 156)
        put("ustar", at: 257)
        put("00", at: 263)
        put(folder, at: 345)
        let sum = block.reduce(0) { $0 + Int($1) }
        put(Self.octal(sum, digits: 6), at: 148)
        block[154] = 0
        block[155] = UInt8(ascii: " ")
        return block
    }

    /// Reads a header; nil for a block that is not exactly what `bytes` writes.
    init?(_ block: [UInt8]) {
        guard block.count == Self.blockSize, let size = Self.number(block[124..<135]) else { return nil }
        name = Self.text(block[0..<100])
        folder = Self.text(block[345..<500])
        self.size = size
        guard bytes == block else { return nil }
    }

    init(folder: String, name: String, size: Int) {
        (self.folder, self.name, self.size) = (folder, name, size)
    }

    /// The bytes a member takes behind its header: whole blocks.
    static func padded(_ size: Int) -> Int { (size + blockSize - 1) / blockSize * blockSize }

    /// What a block that is no header of ours looks like, in a clause.
    static func fault(_ block: [UInt8]) -> String {
        guard block.count == blockSize else { return "a header is cut off" }
        guard block[257..<262].elementsEqual("ustar".utf8) else { return "a header is not of a USTAR file" }
        switch block[156] {
        case UInt8(ascii: "0"): return "a header has a mode, an owner, a time or a name that bundle export never writes"
        case UInt8(ascii: "1"), UInt8(ascii: "2"): return "a member is a link"
        case UInt8(ascii: "5"): return "a member is a folder"
        default: return "a member is no plain file"
        }
    }

    private static func octal(_ value: Int, digits: Int) -> String {
        let text = String(value, radix: 8)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        var value = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(digit) else { return nil }
            value = value << 3 | Int(digit - UInt8(ascii: "0"))
        }
        return value
    }

    private static func text(_ field: ArraySlice<UInt8>) -> String {
        String(decoding: field.prefix { $0 != 0 }, as: UTF8.self)
    }
}
