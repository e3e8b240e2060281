import Encoding
import Testing

@Suite("Claims")
struct ClaimsTests {
    enum Name: String, ClaimName { case issuer = "iss", identifier = "jti", issuedAt = "iat", nothing }
    enum Single: String, ClaimName { case only }

    static func parse(_ text: String) throws -> JSONDocument {
        let document = JSONDocument()
        try document.parse(ByteSlice(text))
        return document
    }

    @Test("finds what is there and nothing else")
    func reads() throws {
        let document = try Self.parse(#"{"jti":"x","extra":1,"iat":17,"iss2":2,"i\u0073s":"me"}"#)
        let claims = Claims(index: ClaimIndex<Name>(), of: document)
        claims.read(document.root)
        #expect(claims[.issuer]?.text?.equals("me") == true)
        #expect(claims.text(.issuer)?.equals("me") == true)
        #expect(claims.text(.issuedAt) == nil)
        #expect(claims.text(.nothing) == nil)
        #expect(claims[.identifier]?.text?.equals("x") == true)
        #expect(claims[.issuedAt]?.integer == 17)
        #expect(claims[.nothing] == nil)
        var unknown: [String] = []
        claims.forEachUnknown { name, value in unknown.append("\(name.string)=\(value.integer ?? -1)") }
        #expect(unknown == ["extra=1", "iss2=2"])
    }

    @Test("forgets the object before, and reads nothing from what is no object")
    func reuse() throws {
        let document = try Self.parse(#"{"iss":"me","x":1}"#)
        let claims = Claims(index: ClaimIndex<Name>(), of: document)
        claims.read(document.root)
        try document.parse(ByteSlice(#"{"jti":"y"}"#))
        claims.read(document.root)
        #expect(claims[.issuer] == nil)
        #expect(claims[.identifier] != nil)
        try document.parse(ByteSlice(#"["iss"]"#))
        claims.read(document.root)
        #expect(Name.allCases.allSatisfy { claims[$0] == nil })
        claims.forEachUnknown { _, _ in Issue.record("an unknown member of an array") }
    }

    @Test("before the first object there is nothing; an enum of one case works")
    func edges() throws {
        let document = try Self.parse(#"{"only":true}"#)
        let claims = Claims(index: ClaimIndex<Single>(), of: document)
        #expect(claims[.only] == nil)
        claims.read(document.root)
        #expect(claims[.only]?.bool == true)
    }

    enum Asked: String, ClaimName { case claim, other }

    struct Question: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let json: String
        let isText: Bool
        let fits: Bool
        let hasX: Bool
        let isPlain: Bool

        init(_ what: String, _ json: String, text: Bool, fits: Bool, hasX: Bool, plain: Bool) {
            (testDescription, self.json, isText, self.fits, self.hasX, isPlain) = (what, json, text, fits, hasX, plain)
        }
    }

    @Test(
        "what is asked of a claim without making a value of it",
        arguments: [
            Question("absent", #"{"other":"x"}"#, text: false, fits: false, hasX: false, plain: true),
            Question("null", #"{"claim":null}"#, text: false, fits: false, hasX: false, plain: true),
            Question("a number", #"{"claim":17}"#, text: false, fits: false, hasX: false, plain: true),
            Question("an empty string", #"{"claim":""}"#, text: false, fits: false, hasX: false, plain: true),
            Question("a string", #"{"claim":"x"}"#, text: true, fits: true, hasX: false, plain: true),
            Question("four bytes", #"{"claim":"wxyz"}"#, text: true, fits: true, hasX: false, plain: true),
            Question("five bytes", #"{"claim":"vwxyz"}"#, text: true, fits: false, hasX: false, plain: false),
            Question("a control", #"{"claim":"a\u0001"}"#, text: true, fits: true, hasX: false, plain: false),
            Question("delete", #"{"claim":"a\u007f"}"#, text: true, fits: true, hasX: false, plain: false),
            Question("no ASCII", #"{"claim":"é"}"#, text: true, fits: true, hasX: false, plain: false),
            Question("an escaped letter", #"{"claim":["\u0078"]}"#, text: false, fits: false, hasX: true, plain: true),
            Question("an empty array", #"{"claim":[]}"#, text: false, fits: false, hasX: false, plain: true),
            Question(
                "an array with it last",
                #"{"claim":["a","x"]}"#,
                text: false,
                fits: false,
                hasX: true,
                plain: true
            ),
            Question(
                "only parts of it",
                #"{"claim":["xx","","X"]}"#,
                text: false,
                fits: false,
                hasX: false,
                plain: true
            ),
            Question("nested", #"{"claim":[["x"],{"x":"x"}]}"#, text: false, fits: false, hasX: false, plain: true),
            Question("a long element", #"{"claim":["x","vwxyz"]}"#, text: false, fits: false, hasX: true, plain: false),
            Question("a bad element", #"{"claim":["x","\n"]}"#, text: false, fits: false, hasX: true, plain: false),
            Question("an object", #"{"claim":{"x":"x"}}"#, text: false, fits: false, hasX: false, plain: true),
        ]
    )
    func asks(_ row: Question) throws {
        let document = try Self.parse(row.json)
        let claims = Claims(index: ClaimIndex<Asked>(), of: document)
        #expect(!claims.isText(.claim) && !claims.hasElement(.claim, "x") && claims.isPlain(.claim, maximum: 4))
        claims.read(document.root)
        #expect(claims.isText(.claim) == row.isText)
        #expect(claims.isText(.claim, maximum: 4) == row.fits)
        #expect(claims.hasElement(.claim, "x") == row.hasX)
        #expect(claims.isPlain(.claim, maximum: 4) == row.isPlain)
        #expect((claims.place(of: .claim) != nil) == (claims[.claim] != nil))
    }
}
