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
}
