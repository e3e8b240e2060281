import Encoding
import Foundation
import Testing

@Suite("Base64 and base64url")
struct Base64Tests {
    struct Good: CustomTestStringConvertible, Sendable {
        let bytes: [UInt8]
        let text: String
        let padded: String
        init(_ plain: String, _ text: String, _ padded: String) {
            self.init(Array(plain.utf8), text, padded)
        }
        init(_ bytes: [UInt8], _ text: String, _ padded: String) {
            (self.bytes, self.text, self.padded) = (bytes, text, padded)
        }
        var testDescription: String { "\"\(text)\"" }
    }

    struct Bad: CustomTestStringConvertible, Sendable {
        let reason: String
        let text: String
        let error: Base64Error
        init(_ reason: String, _ text: String, _ error: Base64Error) {
            (self.reason, self.text, self.error) = (reason, text, error)
        }
        var testDescription: String { reason }
    }

    /// RFC 4648 §10, and the four characters in which the alphabets differ.
    static let good = [
        Good("", "", ""), Good("f", "Zg", "Zg=="), Good("fo", "Zm8", "Zm8="), Good("foo", "Zm9v", "Zm9v"),
        Good("foob", "Zm9vYg", "Zm9vYg=="), Good("fooba", "Zm9vYmE", "Zm9vYmE="),
        Good("foobar", "Zm9vYmFy", "Zm9vYmFy"),
        Good([0xFB, 0xFF, 0xBF], "-_-_", "+/+/"), Good([0xFF], "_w", "/w=="),
    ]

    @Test("RFC 4648 §10", arguments: good)
    func known(_ row: Good) throws {
        #expect(Base64URL.encode(row.bytes) == row.text)
        #expect(try Base64URL.decode(row.text) == row.bytes)
        #expect(Base64.encode(row.bytes) == row.padded)
        #expect(try Base64.decode(row.padded) == row.bytes)
        #expect(try Base64.decode(row.padded, paddingOptional: true) == row.bytes)
        #expect(try Base64.decode(row.padded.filter { $0 != "=" }, paddingOptional: true) == row.bytes)
    }

    @Test(
        "base64url rejects",
        arguments: [
            Bad("padding of two", "YQ==", .padding(at: 2)),
            Bad("padding of one", "YWI=", .padding(at: 3)),
            Bad("padding alone", "=", .padding(at: 0)),
            Bad("the plus of the other alphabet", "Y+Q", .character(at: 1)),
            Bad("the slash of the other alphabet", "YWJj/", .character(at: 4)),
            Bad("a space", "YW Jj", .whitespace(at: 2)),
            Bad("a final line feed", "YWJj\n", .whitespace(at: 4)),
            Bad("a tab", "\tYWJ", .whitespace(at: 0)),
            Bad("a carriage return", "YWJjYWJj\r", .whitespace(at: 8)),
            Bad("a full stop", "YWJj.YWJ", .character(at: 4)),
            Bad("a question mark", "YW?jYWJj", .character(at: 2)),
            Bad("a NUL", "YWJ\0YWJj", .character(at: 3)),
            Bad("a letter beyond ASCII", "YWé", .character(at: 2)),
            Bad("one character", "Y", .length),
            Bad("five characters", "YWJjY", .length),
            Bad("nine characters", "YWJjYWJjY", .length),
            Bad("bits behind one byte", "YR", .trailingBits),
            Bad("bits behind two bytes", "YWJ", .trailingBits),
            Bad("bits behind seven bytes", "YWJjYWJjYR", .trailingBits),
        ]
    )
    func rejects(_ row: Bad) {
        #expect(throws: row.error) { try Base64URL.decode(row.text) }
    }

    @Test(
        "base64 rejects",
        arguments: [
            Bad("no padding for one byte", "YQ", .length),
            Bad("half the padding", "YQ=", .length),
            Bad("no padding for two bytes", "YWI", .length),
            Bad("one character", "Y", .length),
            Bad("padding of three", "Y===", .padding(at: 1)),
            Bad("padding alone", "====", .padding(at: 0)),
            Bad("padding where none belongs", "YWJj====", .padding(at: 4)),
            Bad("padding inside", "YQ==YWJj", .padding(at: 2)),
            Bad("the minus of the other alphabet", "-_-_", .character(at: 0)),
            Bad("a line feed", "YWJj\nYWJ", .whitespace(at: 4)),
            Bad("bits behind one byte", "YR==", .trailingBits),
            Bad("bits behind two bytes", "YWJ=", .trailingBits),
        ]
    )
    func rejectsPadded(_ row: Bad) {
        #expect(throws: row.error) { try Base64.decode(row.text) }
    }

    @Test(
        "base64 with padding left free still rejects",
        arguments: [
            Bad("half the padding", "YQ=", .length),
            Bad("padding behind whole groups", "YWJj=", .length),
            Bad("one character", "Y", .length),
            Bad("bits behind one byte", "YR", .trailingBits),
        ]
    )
    func rejectsFree(_ row: Bad) {
        #expect(throws: row.error) { try Base64.decode(row.text, paddingOptional: true) }
    }

    @Test("every length up to 200 agrees with Foundation and comes back")
    func lengths() throws {
        var generator = Lehmer(seed: 7)
        for length in 0...200 {
            let bytes = generator.bytes(length...length)
            let padded = Base64.encode(bytes)
            #expect(padded == Data(bytes).base64EncodedString())
            #expect(try Base64.decode(padded) == bytes)
            #expect(try Base64URL.decode(Base64URL.encode(bytes)) == bytes)
        }
    }

    @Test("each of the 256 bytes at each place of a group is taken or refused by the alphabet")
    func everyByte() {
        let alphabet = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        for byte in UInt8.min ... .max {
            for place in 0..<12 {
                var text = Array("AAAAAAAAAAAA".utf8)
                text[place] = byte
                let decoded: Void? = try? Base64URL.decode(ByteSlice(text), into: ByteBuffer())
                #expect((decoded != nil) == alphabet.contains(byte))
            }
        }
    }

    @Test("decoding appends, also from the same buffer, and leaves it alone on an error")
    func appending() throws {
        let buffer = ByteBuffer()
        buffer.append("Zm9vYmFyZm9vYmFyZm9vYmFyZm9vYmFy")
        try Base64URL.decode(buffer.all, into: buffer)
        #expect(buffer.all.string == "Zm9vYmFyZm9vYmFyZm9vYmFyZm9vYmFyfoobarfoobarfoobarfoobar")
        Base64URL.encode(buffer[32..<38], into: buffer)
        #expect(buffer.all.hasSuffix("foobarZm9vYmFy"))
        let count = buffer.count
        #expect(throws: Base64Error.character(at: 4)) { try Base64URL.decode(ByteSlice("Zm9v!"), into: buffer) }
        #expect(buffer.count == count)
    }
}
