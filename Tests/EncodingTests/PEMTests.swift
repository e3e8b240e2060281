import Encoding
import Testing

@Suite("PEM")
struct PEMTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let reason: String
        let text: String
        let error: PEMError
        init(_ reason: String, _ text: String, _ error: PEMError) {
            (self.reason, self.text, self.error) = (reason, text, error)
        }
        var testDescription: String { reason }
    }

    private static func result(_ body: () throws(PEMError) -> [UInt8]) -> Result<[UInt8], PEMError> {
        do throws(PEMError) { return .success(try body()) } catch { return .failure(error) }
    }

    static let begin = "-----BEGIN CERTIFICATE-----\n"
    static let end = "-----END CERTIFICATE-----\n"

    @Test("what is written is read back, at every line filling")
    func roundTrip() throws {
        var generator = Lehmer(seed: 3)
        for length in [1, 2, 3, 47, 48, 49, 95, 96, 97, 1200] {
            let der = generator.bytes(length...length)
            let text = PEM.encode(der, label: "CERTIFICATE")
            #expect(text.split(separator: "\n").allSatisfy { $0.count <= 64 })
            #expect(try PEM.certificates(in: ByteSlice(text)) == [der])
            let buffer = ByteBuffer()
            buffer.append("before")
            let slice = try PEM.decodeFirstCertificate(ByteSlice(text), into: buffer)
            #expect(slice.bytes == der)
            #expect(slice.start == 6 && buffer.count == 6 + length)
        }
    }

    @Test("lines as they should be are taken ahead: with any byte changed, left out or put in, both ways read the same")
    func ahead() {
        var generator = Lehmer(seed: 11)
        for length in [95, 96, 100, 144] {
            let text = Array(PEM.encode(generator.bytes(length...length), label: "CERTIFICATE").utf8)
            for place in text.indices {
                for byte in [0x0A, 0x0D, 0x20, 0x2D, 0x3D, 0x41, 0x5F, 0xC3] as [UInt8] {
                    var (changed, longer) = (text, text)
                    changed[place] = byte
                    longer.insert(byte, at: place)
                    for mutant in [changed, longer, Array(text[..<place] + text[(place + 1)...])] {
                        let slice = ByteSlice(mutant)
                        let buffer = ByteBuffer()
                        let first = Self.result { () throws(PEMError) in
                            try PEM.decodeFirstCertificate(slice, into: buffer).bytes
                        }
                        #expect(first == Self.result { () throws(PEMError) in try PEM.certificates(in: slice)[0] })
                        if case .failure = first { #expect(buffer.count == 0) }
                    }
                }
            }
        }
    }

    @Test(
        "accepts",
        arguments: [
            ("CR LF line ends", "-----BEGIN CERTIFICATE-----\r\nYWJj\r\n-----END CERTIFICATE-----\r\n"),
            ("no final line feed", "-----BEGIN CERTIFICATE-----\nYWJj\n-----END CERTIFICATE-----"),
            ("blanks around lines", "-----BEGIN CERTIFICATE----- \n YW\t\n\nJj \n-----END CERTIFICATE-----\t\n"),
            ("text around", "subject=x\n" + begin + "YWJj\n" + end + "more\n"),
            ("a key before it", PEM.encode([1, 2], label: "PRIVATE KEY") + begin + "YWJj\n" + end),
            ("odd line lengths", begin + "Y\nWJ\nj\n" + end),
        ]
    )
    func accepts(_ reason: String, _ text: String) throws {
        #expect(try PEM.certificates(in: ByteSlice(text)) == [Array("abc".utf8)])
        #expect(try PEM.decodeFirstCertificate(ByteSlice(text), into: ByteBuffer()).equals("abc"))
        #expect(try PEM.certificateCount(in: ByteSlice(text)) == 1)
    }

    @Test(
        "rejects",
        arguments: [
            Row("nothing", "", .missing),
            Row("bare base64", "YWJj\n", .missing),
            Row("only a key", PEM.encode([1], label: "PRIVATE KEY"), .missing),
            Row("a trusted certificate", PEM.encode([1], label: "TRUSTED CERTIFICATE"), .missing),
            Row("a lower-case label", PEM.encode([1], label: "certificate"), .missing),
            Row("a begin line that is not at the line's start", " " + begin + "YWJj\n" + end, .boundary(at: 34)),
            Row("four dashes at the end", "-----BEGIN CERTIFICATE----\nYWJj\n" + end, .boundary(at: 0)),
            Row("no label", "-----BEGIN -----\nYWJj\n-----END -----\n", .boundary(at: 0)),
            Row("an end first", end, .boundary(at: 0)),
            Row("a begin inside", begin + begin + "YWJj\n" + end, .boundary(at: 28)),
            Row("another label at the end", begin + "YWJj\n-----END X509-----\n", .label(at: 33)),
            Row("no end", begin + "YWJj\n", .unterminated(at: 0)),
            Row("an empty block", begin + end, .empty(at: 0)),
            Row("a block of blanks", begin + " \n\n" + end, .empty(at: 0)),
            Row("headers", begin + "Proc-Type: 4\n\nYWJj\n" + end, .body(.character(at: 4))),
            Row("a blank inside a line", begin + "YW Jj\n" + end, .body(.whitespace(at: 2))),
            Row("missing padding", begin + "YQ\n" + end, .body(.length)),
            Row("trailing bits", begin + "YR==\n" + end, .body(.trailingBits)),
            Row("base64url", begin + "-_-_\n" + end, .body(.character(at: 0))),
        ]
    )
    func rejects(_ row: Row) {
        #expect(throws: row.error) { try PEM.certificates(in: ByteSlice(row.text)) }
        let buffer = ByteBuffer()
        buffer.append("before")
        #expect(throws: row.error) { try PEM.decodeFirstCertificate(ByteSlice(row.text), into: buffer) }
        #expect(buffer.all.equals("before"))
    }

    @Test("all blocks in order; the first alone when a later one is broken")
    func several() throws {
        let two = PEM.encode([1], label: "CERTIFICATE") + PEM.encode([2], label: "CERTIFICATE")
        #expect(try PEM.certificates(in: ByteSlice(two)) == [[1], [2]])
        #expect(try PEM.certificateCount(in: ByteSlice(two)) == 2)
        let broken = two + Self.begin
        #expect(try PEM.decodeFirstCertificate(ByteSlice(broken), into: ByteBuffer()).bytes == [1])
        #expect(throws: PEMError.unterminated(at: two.utf8.count)) { try PEM.certificates(in: ByteSlice(broken)) }
    }
}
