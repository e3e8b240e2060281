import CVector

/// One base64 alphabet with its tables: the codec behind `Base64URL` and `Base64`.
///
/// Four tables of 256 words turn four characters into three bytes with three ORs; a bad character sets the top bit.
/// Ahead of them vector instructions take what is plainly in order, 32 or 64 characters at a time.
@safe
struct Base64Alphabet: Sendable {
    static let url = Base64Alphabet("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    static let standard = Base64Alphabet("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")

    private static let bad: UInt32 = 0x8000_0000

    // Written once by init, read ever after, never freed: there are two alphabets in the process.
    private nonisolated(unsafe) let tables: UnsafePointer<UInt32>
    private nonisolated(unsafe) let letters: UnsafePointer<UInt8>

    private init(_ characters: String) {
        let tables = UnsafeMutablePointer<UInt32>.allocate(capacity: 1024)
        unsafe tables.initialize(repeating: Self.bad, count: 1024)
        let letters = UnsafeMutablePointer<UInt8>.allocate(capacity: 64)
        for (value, letter) in characters.utf8.enumerated() {
            let bits = UInt32(value)
            unsafe letters[value] = letter
            unsafe tables[Int(letter)] = bits << 2
            unsafe tables[256 + Int(letter)] = bits >> 4 | (bits & 0x0F) << 12
            unsafe tables[512 + Int(letter)] = (bits >> 2) << 8 | (bits & 0x03) << 22
            unsafe tables[768 + Int(letter)] = bits << 16
        }
        unsafe self.tables = UnsafePointer(tables)
        unsafe self.letters = UnsafePointer(letters)
    }

    /// Decodes characters without padding into `output`, which has room for 3/4 of them and eight bytes more.
    @unsafe
    func decode(_ input: UnsafeRawBufferPointer, _ room: UnsafeMutableRawBufferPointer) throws(Base64Error) -> Int {
        guard let base = input.baseAddress, let output = room.baseAddress else { return 0 }
        let whole = input.count & ~3
        let taken = unsafe decodeBlocks(base, whole, output)
        let faults = unsafe decodeGroups(base + taken, whole - taken, output + taken / 4 * 3)
        guard faults & Self.bad == 0 else { throw unsafe fault(in: input) ?? .length }
        return whole / 4 * 3 + (unsafe try decodeRest(input, from: whole, output + whole / 4 * 3))
    }

    /// Encodes without padding into `output`, which has room for 4/3 of the bytes, rounded up, and four more.
    @unsafe
    func encode(_ bytes: UnsafeRawBufferPointer, _ out: UnsafeMutableRawBufferPointer) -> Int {
        var read = 0
        var write = 0
        while bytes.count &- read >= 3 {
            let group = unsafe UInt32(bytes[read]) << 16 | UInt32(bytes[read &+ 1]) << 8 | UInt32(bytes[read &+ 2])
            unsafe out[write] = letter(group >> 18)
            unsafe out[write &+ 1] = letter(group >> 12)
            unsafe out[write &+ 2] = letter(group >> 6)
            unsafe out[write &+ 3] = letter(group)
            read &+= 3
            write &+= 4
        }
        guard read < bytes.count else { return write }
        let two = bytes.count &- read == 2
        let group = unsafe UInt32(bytes[read]) << 16 | (two ? UInt32(bytes[read &+ 1]) << 8 : 0)
        unsafe out[write] = letter(group >> 18)
        unsafe out[write &+ 1] = letter(group >> 12)
        if two { unsafe out[write &+ 2] = letter(group >> 6) }
        return write &+ (two ? 3 : 2)
    }

    @inline(__always)
    private func letter(_ bits: UInt32) -> UInt8 { unsafe letters[Int(bits & 63)] }

    /// The three bytes of four characters, the first ones lowest.
    @inline(__always)
    private func group(_ word: UInt32) -> UInt32 {
        unsafe tables[Int(word & 0xFF)] | tables[256 &+ Int(word >> 8 & 0xFF)]
            | tables[512 &+ Int(word >> 16 & 0xFF)] | tables[768 &+ Int(word >> 24)]
    }

    /// Decodes lines of 64 characters, each ending in a line feed, as long as all of them are good; returns how many.
    ///
    /// There must be room for 48 bytes of each line that may be there, and eight more.
    @unsafe
    func decodeLines(_ input: UnsafeRawBufferPointer, _ room: UnsafeMutableRawBufferPointer) -> Int {
        guard let base = input.baseAddress, let output = room.baseAddress else { return 0 }
        for line in 0..<input.count / 65 {
            let start = unsafe base + line &* 65
            guard unsafe start.load(fromByteOffset: 64, as: UInt8.self) == 0x0A,
                unsafe decodeBlocks(start, 64, output + line &* 48) == 64
            else { return line }
        }
        return input.count / 65
    }

    /// Decodes blocks of good characters from the first on; returns how many characters they are, a multiple of four.
    private func decodeBlocks(_ base: UnsafeRawPointer, _ count: Int, _ output: UnsafeMutableRawPointer) -> Int {
        guard count >= 16 else { return 0 }
        let input = unsafe base.assumingMemoryBound(to: UInt8.self)
        let bytes = unsafe output.assumingMemoryBound(to: UInt8.self)
        return unsafe Int(counterfoil_base64_blocks(input, UInt(count), bytes, letters[62], letters[63]))
    }

    /// Decodes groups of four; the result has the top bit set when a character was bad.
    private func decodeGroups(_ base: UnsafeRawPointer, _ count: Int, _ output: UnsafeMutableRawPointer) -> UInt32 {
        var faults: UInt32 = 0
        var read = 0
        var write = 0
        while count &- read >= 8 {
            let left = unsafe group(base.loadUnaligned(fromByteOffset: read, as: UInt32.self))
            let right = unsafe group(base.loadUnaligned(fromByteOffset: read &+ 4, as: UInt32.self))
            faults |= left | right
            let six = UInt64(left & 0xFF_FFFF) | UInt64(right & 0xFF_FFFF) << 24
            unsafe output.storeBytes(of: six, toByteOffset: write, as: UInt64.self)
            read &+= 8
            write &+= 6
        }
        if read < count {
            let last = unsafe group(base.loadUnaligned(fromByteOffset: read, as: UInt32.self))
            faults |= last
            unsafe output.storeBytes(of: last, toByteOffset: write, as: UInt32.self)
        }
        return faults
    }

    private func decodeRest(
        _ input: UnsafeRawBufferPointer,
        from index: Int,
        _ output: UnsafeMutableRawPointer
    ) throws(Base64Error) -> Int {
        let rest = input.count - index
        guard rest > 0 else { return 0 }
        let filler = unsafe UInt32(letters[0])
        var word = filler << 24 | filler << 16 | filler << 8
        for offset in 0..<rest {
            word &= ~(UInt32(0xFF) << (8 * offset))
            word |= unsafe UInt32(input[index + offset]) << (8 * offset)
        }
        let bits = group(word)
        guard bits & Self.bad == 0 else { throw unsafe fault(in: input) ?? .length }
        guard rest > 1 else { throw .length }
        guard bits >> (8 * (rest - 1)) == 0 else { throw .trailingBits }
        for offset in 0..<(rest - 1) {
            unsafe output.storeBytes(of: UInt8(bits >> (8 * offset) & 0xFF), toByteOffset: offset, as: UInt8.self)
        }
        return rest - 1
    }

    /// The first character outside the alphabet.
    @unsafe
    func fault(in input: UnsafeRawBufferPointer) -> Base64Error? {
        for index in 0..<input.count where unsafe tables[Int(input[index])] & Self.bad != 0 {
            switch unsafe input[index] {
            case UInt8(ascii: "="): return .padding(at: index)
            case 0x09, 0x0A, 0x0D, 0x20: return .whitespace(at: index)
            default: return .character(at: index)
            }
        }
        return nil
    }
}
