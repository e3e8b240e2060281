import Crypto
import Encoding
import Testing

@Suite("Hash total of lines")
struct LineTotalTests {
    /// The total by the definition: each line's digest, its first 8 bytes, added.
    private func expected(_ lines: [String]) -> String {
        let sum = lines.reduce(0 as UInt64) { sum, line in
            sum &+ SHA256Digest.of(line).bytes.prefix(8).reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
        }
        let digits = String(sum, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    static let files: [(String, String, [String])] = [
        ("nothing", "", []),
        ("one line without an end", "a", ["a"]),
        ("one line with its end", "a\n", ["a"]),
        ("the end CR LF", "a\r\nb\r\n", ["a", "b"]),
        ("a CR inside a line", "a\rb\n", ["a\rb"]),
        ("two CR before the LF, of which one is the end's", "a\r\r\n", ["a\r"]),
        ("a CR at the end of the file", "a\r", ["a\r"]),
        ("blank lines, which count", "\n\na\n", ["", "", "a"]),
        ("a blank line of CR LF", "\r\n", [""]),
        ("a line twice", "a\na\n", ["a", "a"]),
    ]

    @Test("is that of its lines, however the file comes in pieces", arguments: files)
    func total(_ name: String, _ text: String, _ lines: [String]) {
        let bytes = Array(text.utf8)
        for cut in 0...bytes.count {
            for other in cut...bytes.count {
                let total = LineTotal()
                for piece in [bytes[..<cut], bytes[cut..<other], bytes[other...]] {
                    total.update(ByteSlice(Array(piece)))
                }
                #expect(total.finish() == expected(lines), "cut at \(cut) and \(other)")
            }
        }
    }

    @Test("does not heed the order of lines, and begins anew")
    func order() {
        let total = LineTotal()
        total.update(ByteSlice("a\nb\nc\n"))
        let one = total.finish()
        total.update(ByteSlice("c\na\nb\n"))
        #expect(total.finish() == one)
        total.update(ByteSlice("c\na\n"))
        #expect(total.finish() != one)
    }
}
