import Encoding
import Testing

/// Each bound on both of its sides.
@Suite("JSONLimits")
struct JSONLimitsTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let bound: String
        let limits: JSONLimits
        let inside: String
        let outside: String
        let error: JSONError
        init(
            _ bound: String,
            _ limit: WritableKeyPath<JSONLimits, Int>,
            _ value: Int,
            _ inside: String,
            _ outside: String,
            _ error: JSONError
        ) {
            var limits = JSONLimits.request
            limits[keyPath: limit] = value
            (self.bound, self.limits, self.inside, self.outside, self.error) = (bound, limits, inside, outside, error)
        }
        var testDescription: String { bound }
    }

    static let rows = [
        Row("text", \.textBytes, 4, "[12]", "[123]", .textLimit(5)),
        Row("depth", \.depth, 2, #"[{"a":1}]"#, #"[{"a":[]}]"#, .depthLimit(at: 6)),
        Row("depth of an empty container", \.depth, 1, "[1]", "[{}]", .depthLimit(at: 1)),
        Row("no container at all", \.depth, 0, "1", "[]", .depthLimit(at: 0)),
        Row("members", \.members, 2, #"{"a":1,"b":{"c":3}}"#, #"{"a":1,"b":{},"d":4}"#, .memberLimit(at: 14)),
        Row("elements", \.elements, 2, "[1,[2,3]]", "[1,[],3]", .elementLimit(at: 6)),
        Row("string", \.stringBytes, 3, #"["abc"]"#, #"["abcd"]"#, .stringLimit(at: 2)),
        Row("string after unescaping", \.stringBytes, 3, #""\u0061\/\n""#, #""\u0061bcd""#, .stringLimit(at: 1)),
        Row("string in bytes, not characters", \.stringBytes, 3, #""éa""#, #""éé""#, .stringLimit(at: 1)),
        Row("name", \.stringBytes, 3, #"{"abc":1}"#, #"{"abcd":1}"#, .stringLimit(at: 2)),
        Row("integer", \.numberBytes, 4, "-123", "-1234", .numberLimit(at: 0)),
        Row("decimal", \.numberBytes, 4, "[1e10]", "[1.5e3]", .numberLimit(at: 1)),
        Row("nodes", \.nodes, 5, #"{"a":1,"b":2}"#, #"{"a":1,"b":[2]}"#, .nodeLimit(at: 12)),
        Row("nodes in an array", \.nodes, 3, "[1,2]", "[1,2,3]", .nodeLimit(at: 5)),
    ]

    @Test("inside passes, one more does not", arguments: rows)
    func bothSides(_ row: Row) throws {
        let document = JSONDocument(limits: row.limits)
        try document.parse(ByteSlice(row.inside))
        #expect(throws: row.error) { try document.parse(ByteSlice(row.outside)) }
        try document.parse(base64url: ByteSlice(Base64URL.encode(Array(row.inside.utf8))))
        #expect(throws: JSONDecodeError.json(row.error)) {
            try document.parse(base64url: ByteSlice(Base64URL.encode(Array(row.outside.utf8))))
        }
    }

    @Test("the defaults of a request, on both sides")
    func defaults() throws {
        let document = JSONDocument()
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        func members(_ count: Int) -> String {
            "{" + (0..<count).map { "\"\($0)\":0" }.joined(separator: ",") + "}"
        }
        func elements(_ count: Int) -> String { "[" + (0..<count).map(String.init).joined(separator: ",") + "]" }
        func text(_ count: Int) -> String { "\"" + String(repeating: "x", count: count) + "\"" }
        for good in [nested(16), members(256), elements(128), text(8192)] { try document.parse(ByteSlice(good)) }
        for bad in [nested(17), members(257), elements(129), text(8193), nested(30_000)] {
            #expect(throws: JSONError.self) { try document.parse(ByteSlice(bad)) }
        }
        try document.parse(ByteSlice(String(repeating: " ", count: 65_535) + "1"))
        #expect(throws: JSONError.textLimit(65_537)) {
            try document.parse(ByteSlice(String(repeating: " ", count: 65_536) + "1"))
        }
    }

    @Test("the tape grows up to its limit and keeps its bounds when the limit is lowered")
    func nodes() throws {
        var limits = JSONLimits.record
        limits.elements = 20_000
        let document = JSONDocument(limits: limits)
        let text = "[" + (0..<20_000).map(String.init).joined(separator: ",") + "]"
        try document.parse(ByteSlice(text))
        #expect(document.root.elements.reduce(0) { $0 + ($1.integer ?? 0) } == 199_990_000)
        document.limits.nodes = 20_000
        #expect(throws: JSONError.nodeLimit(at: text.utf8.count - 6)) { try document.parse(ByteSlice(text)) }
        document.limits.nodes = 20_001
        try document.parse(ByteSlice(text))
    }
}
