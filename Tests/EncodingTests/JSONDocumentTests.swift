import Encoding
import Testing

@Suite("JSONDocument")
struct JSONDocumentTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let reason: String
        let text: [UInt8]
        let error: JSONError
        init(_ reason: String, _ text: String, _ error: JSONError) {
            self.init(reason, Array(text.utf8), error)
        }
        init(_ reason: String, _ text: [UInt8], _ error: JSONError) {
            (self.reason, self.text, self.error) = (reason, text, error)
        }
        var testDescription: String { reason }
    }

    static let grammar = [
        Row("nothing", "", .end(at: 0)),
        Row("only white space", " \n", .end(at: 2)),
        Row("an open object", "{", .end(at: 1)),
        Row("an object open behind a member", #"{"a":1"#, .end(at: 6)),
        Row("an object open behind a comma", #"{"a":1,"#, .end(at: 7)),
        Row("an array open behind a comma", "[1,", .end(at: 3)),
        Row("a name alone", #"{"a""#, .end(at: 4)),
        Row("an open string", #""abc"#, .end(at: 4)),
        Row("a string open behind a backslash", #""abc\"#, .end(at: 5)),
        Row("a string open inside an escape", #""abc\u12"#, .end(at: 8)),
        Row("half a literal", "tru", .end(at: 3)),
        Row("a wrong literal", "trux", .unexpected(0x78, at: 3)),
        Row("an upper-case literal", "True", .unexpected(0x54, at: 0)),
        Row("NaN", "NaN", .unexpected(0x4E, at: 0)),
        Row("Infinity", "[-Infinity]", .number(at: 1)),
        Row("a trailing comma in an object", #"{"a":1,}"#, .unexpected(0x7D, at: 7)),
        Row("a trailing comma in an array", "[1,]", .unexpected(0x5D, at: 3)),
        Row("a leading comma", "[,1]", .unexpected(0x2C, at: 1)),
        Row("a comma alone", #"{,}"#, .unexpected(0x2C, at: 1)),
        Row("a missing comma", "[1 2]", .unexpected(0x32, at: 3)),
        Row("a missing colon", #"{"a" 1}"#, .unexpected(0x31, at: 5)),
        Row("a name that is no string", "{1:2}", .unexpected(0x31, at: 1)),
        Row("the wrong bracket", "[1}", .unexpected(0x7D, at: 2)),
        Row("the other wrong bracket", #"{"a":1]"#, .unexpected(0x5D, at: 6)),
        Row("single quotes", "{'a':1}", .unexpected(0x27, at: 1)),
        Row("a comment", "/**/1", .unexpected(0x2F, at: 0)),
        Row("two values", "1 2", .trailing(at: 2)),
        Row("a comma behind the value", "{},", .trailing(at: 2)),
        Row("a NUL behind the value", "1\0", .trailing(at: 1)),
        Row("a NUL before the value", "\0", .unexpected(0, at: 0)),
        Row("a NUL inside", "[\0]", .unexpected(0, at: 1)),
        Row("a form feed as space", "[\u{0C}1]", .unexpected(0x0C, at: 1)),
        Row("a no-break space", "[\u{A0}1]", .unexpected(0xC2, at: 1)),
        Row("a byte order mark", "\u{FEFF}{}", .byteOrderMark),
    ]

    static let numbers = [
        Row("a leading zero", "01", .number(at: 0)),
        Row("a negative leading zero", "-01", .number(at: 0)),
        Row("a plus sign", "+1", .unexpected(0x2B, at: 0)),
        Row("a minus sign alone", "[-]", .number(at: 1)),
        Row("a minus sign at the end", "-", .end(at: 1)),
        Row("a point without digits", "[1.]", .number(at: 1)),
        Row("a point at the end", "1.", .end(at: 2)),
        Row("a point first", ".5", .unexpected(0x2E, at: 0)),
        Row("an exponent without digits", "[1e]", .number(at: 1)),
        Row("an exponent with a sign alone", "[1e+]", .number(at: 1)),
        Row("an exponent in twos", "1e1e1", .trailing(at: 3)),
        Row("hexadecimal", "0x1", .trailing(at: 1)),
        Row("a letter behind", "[1a]", .unexpected(0x61, at: 2)),
    ]

    static let strings = [
        Row("a line feed", "\"a\nb\"", .control(at: 2)),
        Row("a NUL", "\"a\0b\"", .control(at: 2)),
        Row("a tab behind an escape", "\"\\n\tb\"", .control(at: 3)),
        Row("an unknown escape", #""\x41""#, .escape(at: 1)),
        Row("an escaped line feed", "\"\\\n\"", .escape(at: 1)),
        Row("three hexadecimal digits", #""\u123g""#, .escape(at: 1)),
        Row("an upper-case U", #""\U1234""#, .escape(at: 1)),
        Row("a high surrogate alone", #""\uD800""#, .surrogate(at: 1)),
        Row("a low surrogate alone", #""\uDC00""#, .surrogate(at: 1)),
        Row("two high surrogates", #""\uD800\uD800""#, .surrogate(at: 1)),
        Row("a high surrogate before a letter", #""\uD800a""#, .surrogate(at: 1)),
        Row("a high surrogate in a name", #"{"a\uDBFF":1}"#, .surrogate(at: 3)),
        Row("a lone continuation byte", [0x22, 0x80, 0x22], .utf8(at: 1)),
        Row("a cut sequence of two", [0x22, 0xC3, 0x22], .utf8(at: 1)),
        Row("a cut sequence of three", [0x22, 0xE2, 0x82, 0x22], .utf8(at: 1)),
        Row("a cut sequence of four", [0x22, 0xF0, 0x9F, 0x98, 0x22], .utf8(at: 1)),
        Row("a sequence cut by the end", [0x22, 0xE2, 0x82], .utf8(at: 1)),
        Row("overlong two", [0x22, 0xC0, 0xAF, 0x22], .utf8(at: 1)),
        Row("overlong three", [0x22, 0xE0, 0x80, 0xAF, 0x22], .utf8(at: 1)),
        Row("overlong four", [0x22, 0xF0, 0x80, 0x80, 0xAF, 0x22], .utf8(at: 1)),
        Row("a surrogate in UTF-8", [0x22, 0xED, 0xA0, 0x80, 0x22], .utf8(at: 1)),
        Row("above U+10FFFF", [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], .utf8(at: 1)),
        Row("a lead byte that never is", [0x22, 0xFF, 0x22], .utf8(at: 1)),
        Row("bad UTF-8 behind an escape", [0x22, 0x5C, 0x6E, 0xFF, 0x22], .utf8(at: 3)),
        Row("bad UTF-8 far into a string", Array("\"0123456789abcdef".utf8) + [0xFF, 0x22], .utf8(at: 17)),
    ]

    static let names = [
        Row("twice the same name", #"{"alg":"none","alg":"ES256"}"#, .duplicateMember("alg", at: 14)),
        Row("the same name, once escaped", #"{"kid":1,"k\u0069d":2}"#, .duplicateMember("kid", at: 9)),
        Row("the same name, apart", #"{"a":1,"b":{"a":1,"c":[{"a":2}]},"a":3}"#, .duplicateMember("a", at: 33)),
        Row("the empty name twice", #"{"":1,"":2}"#, .duplicateMember("", at: 6)),
        Row("inside an array", #"[{"a":1},{"a":1,"a":2}]"#, .duplicateMember("a", at: 16)),
        Row("a hostile name", #"{"\u001b[2J":1,"\u001b[2J":2}"#, .duplicateMember("\\u{1B}[2J", at: 15)),
    ]

    @Test("rejects", arguments: grammar + numbers + strings + names)
    func rejects(_ row: Row) {
        let document = JSONDocument()
        #expect(throws: row.error) { try document.parse(row.text) }
        #expect(throws: row.error) { try document.parse(ByteSlice(row.text)) }
        #expect(throws: JSONDecodeError.json(row.error)) {
            try document.parse(base64url: ByteSlice(Base64URL.encode(row.text)))
        }
        #expect(document.root.isNull)
    }

    @Test("the same name in different objects is no repetition, nor are names that differ in form")
    func distinct() throws {
        let text = #"{"a":{"a":{"a":1}},"b":[{"a":1},{"a":2}],"A":1,"a ":2,"\u00e9":3,"e\u0301":4,"":5}"#
        try JSONDocument().parse(ByteSlice(text))
    }

    @Test("repeated names are found in every place of large objects")
    func manyNames() throws {
        var limits = JSONLimits.request
        limits.members = 1000
        let document = JSONDocument(limits: limits)
        for place in [0, 1, 100, 255, 256, 511, 999] {
            let members = (0..<1000).map { "\"name\($0 == 999 ? place : $0)\":\($0)" }
            let error: JSONError? = place == 999 ? nil : .duplicateMember("name\(place)", at: 0)
            do {
                try document.parse(ByteSlice("{" + members.joined(separator: ",") + "}"))
                #expect(error == nil)
            } catch {
                guard case .duplicateMember(let name, _) = error else {
                    Issue.record("\(error)")
                    continue
                }
                #expect(name == "name\(place)")
            }
        }
    }

    @Test("a document forgets the text before, also after a failure")
    func reuse() throws {
        let document = JSONDocument()
        #expect(document.root.isNull)
        for _ in 0..<3 {
            try document.parse(ByteSlice(#"{"a":[1,2,3]}"#))
            #expect(document.root["a"]?.count == 3)
            #expect(throws: JSONError.end(at: 7)) { try document.parse(ByteSlice(#"{"b":[1"#)) }
            #expect(document.root.isNull)
            try document.parse(ByteSlice("7"))
            #expect(document.root.integer == 7)
        }
    }

    @Test("parses a string of its own, plain and as base64url")
    func ownText() throws {
        let document = JSONDocument()
        try document.parse(ByteSlice(#"{"pad":"xxxxxxxxxx","inner":"{\"b\":[true]}"}"#))
        try document.parse(try #require(document.root["inner"]?.text))
        #expect(document.root["b"]?.elements.first { _ in true }?.bool == true)
        try document.parse(ByteSlice(#"["\#(Base64URL.encode(Array(#"{"c":null}"#.utf8)))"]"#))
        try document.parse(base64url: try #require(document.root.elements.first { _ in true }?.text))
        #expect(document.root["c"]?.isNull == true)
    }

    @Test("base64url that is none is said so")
    func base64() {
        #expect(throws: JSONDecodeError.base64(.padding(at: 3))) {
            try JSONDocument().parse(base64url: ByteSlice("e30="))
        }
        #expect(throws: JSONDecodeError.json(.end(at: 0))) { try JSONDocument().parse(base64url: ByteSlice("")) }
    }

    @Test("codes differ from each other and never change")
    func codes() {
        let errors: [JSONError] = [
            .end(at: 0), .unexpected(0, at: 0), .trailing(at: 0), .byteOrderMark, .utf8(at: 0), .control(at: 0),
            .escape(at: 0), .surrogate(at: 0), .number(at: 0), .duplicateMember("a", at: 0), .textLimit(0),
            .depthLimit(at: 0), .memberLimit(at: 0), .elementLimit(at: 0), .stringLimit(at: 0), .numberLimit(at: 0),
            .nodeLimit(at: 0),
        ]
        let codes = [
            "json_end", "json_unexpected", "json_trailing", "json_byte_order_mark", "json_utf8", "json_control",
            "json_escape", "json_surrogate", "json_number", "json_duplicate_member", "json_text_limit",
            "json_depth_limit", "json_member_limit", "json_element_limit", "json_string_limit", "json_number_limit",
            "json_node_limit",
        ]
        #expect(errors.map(\.code) == codes)
        #expect(Set(errors.map(\.description)).count == errors.count)
    }
}
