import Encoding
import JOSE
import Testing

@Suite("Compact JWS")
struct CompactJWSTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let text: String
        let fault: JWSFault

        init(_ reason: String, _ text: String, _ fault: JWSFault) {
            (testDescription, self.text, self.fault) = (reason, text, fault)
        }
    }

    @Test("is cut into slices of the text")
    func cuts() throws {
        let jws = try CompactJWS.decode(ByteSlice("eyJh.Zm9v.c2ln"))
        #expect(jws.header.string == "eyJh")
        #expect(jws.payload.string == "Zm9v")
        #expect(jws.signature.string == "c2ln")
        #expect(jws.signingInput.string == "eyJh.Zm9v")
        #expect(jws.whole.string == "eyJh.Zm9v.c2ln")
        #expect(jws.header.buffer === jws.whole.buffer)
    }

    @Test(
        "is refused",
        arguments: [
            Row("empty text", "", .segments(found: 0)),
            Row("one segment", "eyJh", .segments(found: 1)),
            Row("two segments", "eyJh.Zm9v", .segments(found: 2)),
            Row("four segments", "eyJh.Zm9v.c2ln.eHh4", .segments(found: 4)),
            Row("five segments: a JWE", "a.b.c.d.e", .segments(found: 5)),
            Row("a dot behind", "eyJh.Zm9v.c2ln.", .segments(found: 4)),
            Row("only dots", "..", .empty(.header)),
            Row("no header", ".Zm9v.c2ln", .empty(.header)),
            Row("no payload", "eyJh..c2ln", .empty(.payload)),
            Row("no signature", "eyJh.Zm9v.", .empty(.signature)),
            Row("JSON serialization", #"{"payload":"Zm9v","signatures":[]}"#, .jsonSerialization),
            Row("padded signature", "eyJh.Zm9v.YQ==", .padding(.signature, at: 12)),
            Row("padded payload", "eyJh.YQ==.c2ln", .padding(.payload, at: 7)),
            Row("white space before", " eyJh.Zm9v.c2ln", .character(.header, at: 0, byte: 0x20)),
            Row("newline behind", "eyJh.Zm9v.c2ln\n", .character(.signature, at: 14, byte: 0x0a)),
            Row("newline inside", "eyJh.Zm\n9v.c2ln", .character(.payload, at: 7, byte: 0x0a)),
            Row("base64's plus", "eyJh.Zm9v.c2+n", .character(.signature, at: 12, byte: 0x2b)),
            Row("base64's slash", "eyJh.Zm9v.c2/n", .character(.signature, at: 12, byte: 0x2f)),
            Row("byte order mark", "\u{feff}eyJh.Zm9v.c2ln", .character(.header, at: 0, byte: 0xef)),
            Row("NUL", "eyJh.Zm\09.c2ln", .character(.payload, at: 7, byte: 0)),
            Row("length of one more than four", "eyJhb.Zm9v.c2ln", .length(.header, count: 5)),
            Row(
                "a foreign byte deep in a long segment",
                "eyJh.\(String(repeating: "A", count: 100))?\(String(repeating: "A", count: 27)).c2ln",
                .character(.payload, at: 105, byte: 0x3f)
            ),
        ]
    )
    func refuses(_ row: Row) {
        #expect(throws: row.fault) { try CompactJWS.decode(ByteSlice(row.text)) }
        // Who decodes the segments at once hears the same when asking afterwards.
        #expect(throws: row.fault) { try CompactJWS.cut(ByteSlice(row.text)).check() }
    }

    @Test("every byte outside the alphabet is found, at any place in a block", arguments: 0..<40)
    func alphabet(_ place: Int) {
        let alphabet = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        for byte in UInt8.min...UInt8.max where byte != UInt8(ascii: ".") {
            var payload = [UInt8](repeating: UInt8(ascii: "A"), count: 40)
            payload[place] = byte
            let text = ByteSlice(Array("eyJh.".utf8) + payload + Array(".c2ln".utf8))
            let isTaken = (try? CompactJWS.decode(text)) != nil
            #expect(isTaken == alphabet.contains(byte), "byte \(byte)")
            // What is only cut must not decode either.
            let cut = try? CompactJWS.cut(text)
            let decodes = cut.map { (try? Base64URL.decode($0.payload.string)) != nil }
            #expect(decodes == alphabet.contains(byte), "byte \(byte)")
        }
    }

    struct Bound: CustomTestStringConvertible, Sendable {
        let segment: JWSSegment
        let limit: Int
        var testDescription: String { "\(segment.rawValue) of \(limit) bytes" }
    }

    @Test(
        "a segment may have as many bytes as its limit and no more",
        arguments: [
            Bound(segment: .header, limit: 4_096), Bound(segment: .payload, limit: 49_152),
            Bound(segment: .signature, limit: 1_024),
        ]
    )
    func bounds(_ bound: Bound) throws {
        func text(_ bytes: Int) -> ByteSlice {
            let long = Base64URL.encode([UInt8](repeating: 1, count: bytes))
            return ByteSlice(JWSSegment.allCases.map { $0 == bound.segment ? long : "AAAA" }.joined(separator: "."))
        }
        _ = try CompactJWS.decode(text(bound.limit))
        #expect(throws: JWSFault.tooLong(bound.segment, bytes: bound.limit + 1, limit: bound.limit)) {
            try CompactJWS.decode(text(bound.limit + 1))
        }
        _ = try CompactJWS.cut(text(bound.limit))
        #expect(throws: JWSFault.tooLong(bound.segment, bytes: bound.limit + 1, limit: bound.limit)) {
            try CompactJWS.cut(text(bound.limit + 1))
        }
    }

    @Test("an empty payload is taken only where it is allowed")
    func emptyPayload() throws {
        var limits = JWSLimits.standard
        limits.allowsEmptyPayload = true
        #expect(try CompactJWS.decode(ByteSlice("eyJh..c2ln"), limits: limits).payload.isEmpty)
    }
}
