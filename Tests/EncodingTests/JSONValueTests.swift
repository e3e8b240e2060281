import Encoding
import Testing

@Suite("JSONValue")
struct JSONValueTests {
    struct Number: CustomTestStringConvertible, Sendable {
        let text: String
        let integer: Int64?
        let integral: Int64?
        init(_ text: String, _ integer: Int64?, _ integral: Int64?) {
            (self.text, self.integer, self.integral) = (text, integer, integral)
        }
        var testDescription: String { text }
    }

    @Test(
        "numbers",
        arguments: [
            Number("0", 0, 0), Number("-0", 0, 0), Number("7", 7, 7), Number("-7", -7, -7),
            Number("253402300799", 253_402_300_799, 253_402_300_799),
            Number("999999999999999999", 999_999_999_999_999_999, 999_999_999_999_999_999),
            Number("9223372036854775807", .max, .max), Number("9223372036854775808", nil, nil),
            Number("-9223372036854775808", .min, .min), Number("-9223372036854775809", nil, nil),
            Number("18446744073709551615", nil, nil), Number("18446744073709551616", nil, nil),
            Number("99999999999999999999", nil, nil), Number("123456789012345678901234567890", nil, nil),
            Number("1.0", nil, 1), Number("1.000", nil, 1), Number("-1.0", nil, -1), Number("0.0", nil, 0),
            Number("1e3", nil, 1000), Number("1E+3", nil, 1000), Number("1.5e1", nil, 15), Number("1500e-2", nil, 15),
            Number("0e99999999999999999999", nil, 0), Number("0.000e-5", nil, 0),
            Number("9223372036854775807.0", nil, .max), Number("-9223372036854775808.0", nil, .min),
            Number("9223372036854775808.0", nil, nil), Number("1e18", nil, 1_000_000_000_000_000_000),
            Number("9e18", nil, 9_000_000_000_000_000_000), Number("1e19", nil, nil), Number("1e400", nil, nil),
            Number("1E-9223372036854775808", nil, nil), Number("0e-9223372036854775808", nil, 0),
            Number("1e9223372036854775807", nil, nil), Number("1e-1000001", nil, nil),
            Number("1.5", nil, nil), Number("1.0000000000000001", nil, nil), Number("15e-2", nil, nil),
            Number("1e-1", nil, nil), Number("1e99999999999999999999", nil, nil), Number("1e-999999999", nil, nil),
            Number("0.1e1", nil, 1), Number("100000000000000000000000e-20", nil, 1000),
        ]
    )
    func numbers(_ row: Number) throws {
        let document = JSONDocument()
        for (text, path) in [(row.text, 0), ("[\(row.text)]", 1), ("[ \(row.text) ,1]", 1)] {
            try document.parse(ByteSlice(text))
            let value = path == 0 ? document.root : try #require(document.root.elements.first { _ in true })
            #expect(value.kind == .number)
            #expect(value.integer == row.integer)
            #expect(value.integral == row.integral)
            #expect(value.raw.equals(row.text))
        }
    }

    @Test(
        "strings are unescaped",
        arguments: [
            ("", ""), ("plain", "plain"), (#"\"\\\/\b\f\n\r\t"#, "\"\\/\u{8}\u{C}\n\r\t"),
            (#"https:\/\/host\/path"#, "https://host/path"), (#"\u0041\u00e9\u20AC\ud83d\ude42"#, "Aé€🙂"),
            (#"é€🙂 as is, then \u00e9 as escape"#, "é€🙂 as is, then é as escape"), (#"\u0000"#, "\0"),
            (#"0123456\n89abcde\n0123456789abcdef\n"#, "0123456\n89abcde\n0123456789abcdef\n"),
            (#"\uFFFF\uFFFE\uDBFF\uDFFF"#, "\u{FFFF}\u{FFFE}\u{10FFFF}"),
            ("\u{7F}\u{80}\u{2028}", "\u{7F}\u{80}\u{2028}"),
        ]
    )
    func strings(_ source: String, _ text: String) throws {
        let document = JSONDocument()
        try document.parse(ByteSlice(#"{"\#(source)":["\#(source)","next"]}"#))
        let member = try #require(document.root.members.first { _ in true })
        #expect(member.name.bytes == Array(text.utf8))
        #expect(member.value.elements.map { $0.text?.bytes } == [Array(text.utf8), Array("next".utf8)])
    }

    @Test("each accessor answers for its own kind only")
    func kinds() throws {
        let document = JSONDocument()
        try document.parse(ByteSlice(#"[null,true,false,1,1.5,"s",[1],{"a":1}]"#))
        let values = Array(document.root.elements)
        #expect(values.map(\.kind) == [.null, .bool, .bool, .number, .number, .string, .array, .object])
        #expect(values.map(\.isNull) == [true, false, false, false, false, false, false, false])
        #expect(values.map(\.bool) == [nil, true, false, nil, nil, nil, nil, nil])
        #expect(values.map(\.integer) == [nil, nil, nil, 1, nil, nil, nil, nil])
        #expect(values.map { $0.text?.string } == [nil, nil, nil, nil, nil, "s", nil, nil])
        #expect(values.map(\.count) == [0, 0, 0, 0, 0, 0, 1, 1])
        #expect(values.map { Array($0.elements).count } == [0, 0, 0, 0, 0, 0, 1, 0])
        #expect(values.map { Array($0.members).count } == [0, 0, 0, 0, 0, 0, 0, 1])
        #expect(values.map(\.raw.string) == ["null", "true", "false", "1", "1.5", "s", "", ""])
    }

    @Test("members in order, by name in three ways, nested values passed over")
    func members() throws {
        let document = JSONDocument()
        try document.parse(ByteSlice(#" { "a" : [ { "x" : [ ] } , 2 ] , "b" : { } , "é" : "last" } "#))
        let literal: StaticString = "b"
        #expect(document.root.members.map(\.name.string) == ["a", "b", "é"])
        #expect(document.root[literal]?.kind == .object)
        #expect(document.root["é"]?.text?.equals("last") == true)
        #expect(document.root[ByteSlice("a")]?.count == 2)
        #expect(document.root["x"] == nil)
        var names: [String] = []
        document.root.forEachMember { name, _ in names.append(name.string) }
        var kinds: [JSONValue.Kind] = []
        document.root["a"]?.forEachElement { kinds.append($0.kind) }
        #expect(names == ["a", "b", "é"])
        #expect(kinds == [.object, .number])
    }

    @Test("a body's error ends the walk and keeps its type")
    func throwing() throws {
        struct Stop: Error {}
        let document = JSONDocument()
        try document.parse(ByteSlice("[1,2,3]"))
        var seen = 0
        #expect(throws: Stop.self) {
            try document.root.forEachElement { (value) throws(Stop) in
                seen += 1
                if value.integer == 2 { throw Stop() }
            }
        }
        #expect(seen == 2)
    }
}
