import Encoding
import Testing

@Suite("JSONWriter")
struct JSONWriterTests {
    static func written(_ body: (inout JSONWriter) -> Void) -> String {
        let buffer = ByteBuffer()
        var writer = JSONWriter(buffer)
        body(&writer)
        return buffer.all.string
    }

    @Test("commas and colons stand where they belong")
    func structure() {
        let text = Self.written { writer in
            writer.beginObject()
            writer.member("string", "text")
            writer.member("absent", String?.none)
            writer.member("slice", ByteSlice("bytes"))
            writer.member("integer", Int64.min)
            writer.member("int", 0)
            writer.member("bool", true)
            writer.member("list", ["a", "b"])
            writer.name("empty")
            writer.beginArray()
            writer.endArray()
            writer.name(ByteSlice("object"))
            writer.beginObject()
            writer.endObject()
            writer.name("array")
            writer.beginArray()
            writer.null()
            writer.beginArray()
            writer.bool(false)
            writer.endArray()
            writer.integer(-1)
            writer.raw(ByteSlice("1.50"))
            writer.string("end")
            writer.endArray()
            writer.endObject()
        }
        #expect(
            text
                == #"{"string":"text","absent":null,"slice":"bytes","integer":-9223372036854775808,"int":0,"bool":true,"#
                + #""list":["a","b"],"empty":[],"object":{},"array":[null,[false],-1,1.50,"end"]}"#
        )
    }

    @Test(
        "escapes",
        arguments: [
            ("plain é€🙂", #""plain é€🙂""#), ("\"\\/", #""\"\\/""#), ("\n\r\t", #""\n\r\t""#),
            ("\0\u{8}\u{C}\u{1B}\u{1F}", #""\u0000\u0008\u000c\u001b\u001f""#), ("\u{7F}", #""\u007f""#),
            ("\u{80}\u{9B}\u{9F}\u{A0}", "\"\\u0080\\u009b\\u009f\u{A0}\""),
            ("\u{2027}\u{2028}\u{2029}\u{202A}\u{202E}\u{202F}", "\"\u{2027}\\u2028\\u2029\\u202a\\u202e\u{202F}\""),
            ("\u{2065}\u{2066}\u{2069}\u{206A}", "\"\u{2065}\\u2066\\u2069\u{206A}\""),
            ("\u{200E}\u{200F}\u{61C}\u{FEFF}", #""\u200e\u200f\u061c\ufeff""#), ("", #""""#),
        ]
    )
    func escapes(_ plain: String, _ quoted: String) {
        #expect(Self.written { $0.string(plain) } == quoted)
        #expect(Self.written { $0.string(ByteSlice(plain)) } == quoted)
        #expect(Self.written { $0.name(plain) } == quoted + ":")
    }

    @Test("what is not UTF-8 becomes U+FFFD, and the text is always UTF-8")
    func repairs() {
        #expect(Self.written { $0.string(ByteSlice([0x61, 0xFF, 0x62, 0xC3])) } == "\"a\u{FFFD}b\u{FFFD}\"")
    }

    @Test("a slice of the buffer written to")
    func ownSlice() {
        let buffer = ByteBuffer()
        buffer.append("0123456789abcdef")
        var writer = JSONWriter(buffer)
        writer.string(buffer[0..<16])
        #expect(buffer.all.equals("0123456789abcdef\"0123456789abcdef\""))
    }

    @Test("integers", arguments: [0, 1, -1, 9, 10, 99, 100, 1_000_000, -253_402_300_799, .max, .min] as [Int64])
    func integers(_ value: Int64) {
        #expect(Self.written { $0.integer(value) } == String(value))
    }

    @Test("a subtree is written again, numbers unchanged, strings made safe")
    func values() throws {
        let document = JSONDocument()
        try document.parse(
            ByteSlice(#" [ 1.50 , -0, 1E+2, {"a\/\u001b": "\u2028\ud83d\ude42", "b": [ ] }, null, true ] "#)
        )
        #expect(
            Self.written { $0.value(document.root) }
                == #"[1.50,-0,1E+2,{"a/\u001b":"\u2028🙂","b":[]},null,true]"#
        )
    }
}
