import Crypto
import Encoding
import Testing

@testable import JOSE

@Suite("Sealing and opening")
struct SealingTests {
    static let p521 = try? PrivateKey.generateEC(.p521)
    static let keys: [(String, PrivateKey)] =
        [("RSA", Keys.rsa), ("P-256", Keys.a)] + (p521.map { [("P-521", $0)] } ?? [])
    static let text = Array("{\"client_id\":\"c\",\"client_secret\":\"s\"}".utf8)

    @Test("what is sealed to a key is opened by it, and looks different each time", arguments: keys)
    func roundTrip(_ name: String, _ key: PrivateKey) throws {
        let recipient = JWERecipient(key.publicKey, keyID: Array("k\"1".utf8))
        let (one, other) = (try recipient.seal(Self.text), try recipient.seal(Self.text))
        #expect(one != other)
        #expect(try JWEOpener(key).open(one) == Self.text)
        #expect(try JWEOpener(key).open(other) == Self.text)
        let header = JSONDocument()
        try header.parse(base64url: try CompactJWE.decode(one).header)
        #expect(header.root["alg"]?.text?.string == recipient.algorithm.rawValue)
        #expect(header.root["enc"]?.text?.string == "A256GCM")
        #expect(header.root["kid"]?.text?.string == "k\"1")
        #expect(header.root["cty"]?.text?.string == "json")
        #expect((header.root["epk"] != nil) == (recipient.algorithm == .ecdhA256KW))
    }

    @Test("nothing and a mebibyte are sealed and opened; a byte more is over the bound of opening")
    func sizes() throws {
        let recipient = JWERecipient(Keys.a.publicKey)
        for count in [0, 1 << 20] {
            let text = [UInt8](repeating: 0x61, count: count)
            #expect(try JWEOpener(Keys.a).open(try recipient.seal(text)) == text)
        }
        let larger = try recipient.seal([UInt8](repeating: 0x61, count: (1 << 20) + 1))
        #expect(throws: JWEFault.tooLong(.ciphertext, limit: 1 << 20)) { try JWEOpener(Keys.a).open(larger) }
    }

    @Test("another key opens nothing", arguments: keys)
    func strangers(_ name: String, _ key: PrivateKey) throws {
        let jwe = try JWERecipient(key.publicKey).seal(Self.text)
        for stranger in [Keys.b, try PrivateKey.generateRSA(), try PrivateKey.generateEC(.p384)] {
            #expect(throws: JWEFault.self) { try JWEOpener(stranger).open(jwe) }
        }
    }

    @Test("a text with any one character changed is not opened", arguments: keys)
    func changed(_ name: String, _ key: PrivateKey) throws {
        let jwe = try JWERecipient(key.publicKey).seal(Self.text).string
        let opener = JWEOpener(key)
        var opened: [Int] = []
        for (place, character) in jwe.enumerated() {
            var characters = Array(jwe)
            characters[place] = character == "A" ? "B" : "A"
            if (try? opener.open(ByteSlice(String(characters)))) != nil { opened.append(place) }
        }
        #expect(opened.isEmpty)
    }

    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let header: String
        let fault: JWEFault

        init(_ name: String, _ header: String, _ fault: JWEFault) {
            (testDescription, self.header, self.fault) = (name, header, fault)
        }
    }

    static let headers = [
        Row("that is not JSON", "{", .header),
        Row("that is an array", "[]", .header),
        Row("without alg", "{\"enc\":\"A256GCM\"}", .header),
        Row("with alg twice", "{\"alg\":\"ECDH-ES+A256KW\",\"alg\":\"ECDH-ES+A256KW\",\"enc\":\"A256GCM\"}", .header),
        Row("of a direct key", "{\"alg\":\"dir\",\"enc\":\"A256GCM\"}", .algorithm("dir", expected: .ecdhA256KW)),
        Row(
            "of the other kind of key",
            "{\"alg\":\"RSA-OAEP-256\",\"enc\":\"A256GCM\"}",
            .algorithm("RSA-OAEP-256", expected: .ecdhA256KW)
        ),
        Row("of another encryption", "{\"alg\":\"ECDH-ES+A256KW\",\"enc\":\"A128GCM\"}", .encryption("A128GCM")),
        Row("with crit", "{\"alg\":\"ECDH-ES+A256KW\",\"enc\":\"A256GCM\",\"crit\":[\"x\"]}", .unsupported("crit")),
        Row("with zip", "{\"alg\":\"ECDH-ES+A256KW\",\"enc\":\"A256GCM\",\"zip\":\"DEF\"}", .unsupported("zip")),
        Row("without epk", "{\"alg\":\"ECDH-ES+A256KW\",\"enc\":\"A256GCM\"}", .ephemeralKey),
        Row(
            "with an epk of another curve",
            "{\"alg\":\"ECDH-ES+A256KW\",\"enc\":\"A256GCM\",\"epk\":{\(Keys.numbers(p384))}}",
            .ephemeralKey
        ),
        Row(
            "with an epk that is not on its curve",
            "{\"alg\":\"ECDH-ES+A256KW\",\"enc\":\"A256GCM\",\"epk\":{\"kty\":\"EC\",\"crv\":\"P-256\","
                + "\"x\":\"gI0GAILBdu7T53akrFmMyGcsF3n5dO7MmwNBHKW5SV0\",\"y\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}}",
            .ephemeralKey
        ),
        Row(
            "with an apu that is a number",
            "{\"alg\":\"ECDH-ES+A256KW\",\"enc\":\"A256GCM\",\"epk\":{\(Keys.numbers(Keys.b.publicKey.material))},\"apu\":1}",
            .header
        ),
        Row(
            "with everything right and no content of ours",
            "{\"alg\":\"ECDH-ES+A256KW\",\"enc\":\"A256GCM\",\"epk\":{\(Keys.numbers(Keys.b.publicKey.material))}}",
            .broken
        ),
    ]

    @Test("a header is refused", arguments: headers)
    func refuses(_ row: Row) {
        let rest = "\(part(40)).\(part(12)).\(part(9)).\(part(16))"
        let jwe = ByteSlice("\(Base64URL.encode(Array(row.header.utf8))).\(rest)")
        #expect(throws: row.fault) { try JWEOpener(Keys.a).open(jwe) }
    }

    static let shapes: [(String, String, JWEFault)] = [
        ("nothing", "", .parts),
        ("a JWS", "e30.e30.AA", .parts),
        ("six parts", "e30.AA.AA.AA.AA.AA", .parts),
        ("a header that is not base64url", "e+0.AA.AA.AA.AA", .header),
        ("a key that is padded", "e30.AA==.AA.AA.AA", .encoding(.encryptedKey)),
        ("a nonce with a last digit that is not canonical", "e30.AA.AB.AA.AA", .encoding(.nonce)),
        ("a tag that is not base64url", "e30.AA.AA.AA.A A", .encoding(.tag)),
        ("a header over 4 KiB", String(repeating: "A", count: 5_468) + ".AA.AA.AA.AA", .tooLong(.header, limit: 4096)),
        (
            "a key over 1 KiB", "e30." + String(repeating: "A", count: 1_372) + ".AA.AA.AA",
            .tooLong(.encryptedKey, limit: 1024)
        ),
    ]

    @Test("a text is refused", arguments: shapes)
    func shape(_ name: String, _ text: String, _ fault: JWEFault) {
        #expect(throws: fault) { try JWEOpener(Keys.a).open(ByteSlice(text)) }
    }

    private static let p384 = p384Material()

    private static func p384Material() -> PublicKey.Material {
        do { return try PrivateKey.generateEC(.p384).publicKey.material } catch { fatalError("no key: \(error)") }
    }

    private func part(_ count: Int) -> String { Base64URL.encode([UInt8](repeating: 7, count: count)) }
}
