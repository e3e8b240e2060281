import Encoding
import Testing

@Suite("Printable")
struct PrintableTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let reason: String
        let text: String
        let shown: String
        init(_ reason: String, _ text: String, _ shown: String) {
            (self.reason, self.text, self.shown) = (reason, text, shown)
        }
        var testDescription: String { reason }
    }

    @Test(
        "shows",
        arguments: [
            Row("plain ASCII", "Bank & Co. <x>", "Bank & Co. <x>"),
            Row("letters of any script", "Zürich 東京 Ελλάς 🙂", "Zürich 東京 Ελλάς 🙂"),
            Row("NUL", "a\0b", "a\\u{0}b"),
            Row("line feed and carriage return", "a\r\n{\"level\":1}", "a\\u{D}\\u{A}{\"level\":1}"),
            Row("escape sequence", "\u{1B}]0;title\u{7}", "\\u{1B}]0;title\\u{7}"),
            Row("DEL", "\u{7F}", "\\u{7F}"),
            Row("C1 control sequence introducer", "\u{9B}2J", "\\u{9B}2J"),
            Row("line and paragraph separators", "\u{2028}\u{2029}", "\\u{2028}\\u{2029}"),
            Row("bidi override", "a\u{202E}gpj.exe", "a\\u{202E}gpj.exe"),
            Row("bidi embeddings", "\u{202A}\u{202B}\u{202C}\u{202D}", "\\u{202A}\\u{202B}\\u{202C}\\u{202D}"),
            Row("bidi isolates", "\u{2066}\u{2067}\u{2068}\u{2069}", "\\u{2066}\\u{2067}\\u{2068}\\u{2069}"),
            Row("bidi marks", "\u{200E}\u{200F}\u{61C}", "\\u{200E}\\u{200F}\\u{61C}"),
            Row("zero width", "a\u{200B}b\u{FEFF}", "a\\u{200B}b\\u{FEFF}"),
            Row("tags", "\u{E0041}", "\\u{E0041}"),
            Row("private use", "\u{E000}", "\\u{E000}"),
            Row("nothing", "", ""),
        ]
    )
    func shows(_ row: Row) {
        #expect(Printable.text(row.text) == row.shown)
        #expect(Printable.text(ByteSlice(row.text)) == row.shown)
    }

    @Test("cuts behind the limit, not at it")
    func cuts() {
        #expect(Printable.text("12345", limit: 5) == "12345")
        #expect(Printable.text("123456", limit: 5) == "12345…")
        #expect(Printable.text(ByteSlice("ééééé"), limit: 5) == "ééééé")
        #expect(Printable.text(ByteSlice("éééééé"), limit: 5) == "ééééé…")
        #expect(Printable.text(ByteSlice(String(repeating: "🙂", count: 121))).count == 121)
        #expect(Printable.text("abc", limit: 0) == "…")
    }

    @Test("bytes that are not UTF-8 show as U+FFFD")
    func repairs() {
        #expect(Printable.text(ByteSlice([0x61, 0xC3, 0x28])) == "a\u{FFFD}(")
    }

    @Test("no character below U+3000 shows as a control, whatever it is")
    func sweep() {
        for value in UInt32(0)..<0x3000 {
            guard let scalar = Unicode.Scalar(value) else { continue }
            for shown in Printable.text(String(Character(scalar))).unicodeScalars {
                #expect(shown.value >= 0x20 && !(0x7F...0x9F).contains(shown.value))
                #expect(!(0x2028...0x202E).contains(shown.value) && !(0x2066...0x2069).contains(shown.value))
            }
        }
    }
}
