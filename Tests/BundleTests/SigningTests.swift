import Crypto
import Encoding
import Testing

@testable import Bundle

@Suite("Keys that sign bundles")
struct SigningTests {
    @Test("each kind signs and verifies, alone and as JWS", arguments: SigningScheme.allCases)
    func signs(_ scheme: SigningScheme) throws {
        let key = try SigningKey.generate(scheme)
        let text = ByteSlice("signed")
        #expect(key.publicKey.verifies(try key.sign(text), over: text))
        #expect(!key.publicKey.verifies(try key.sign(text), over: ByteSlice("other")))
        #expect(key.publicKey.verifiesJWS(try key.signJWS(text), over: text))
        #expect(!key.publicKey.verifiesJWS([], over: text))
        let copy = try SigningKey(pem: try #require(key.pkcs8PEM))
        #expect(copy.publicKey.spki == key.publicKey.spki)
        #expect(try VerifyingKey(pem: key.publicKey.pem).spki == key.publicKey.spki)
    }

    @Test("a key comes out of an OpenSSL store by its URI")
    func store() throws {
        let folder = try TemporaryFolder()
        let key = try SigningKey.generate(.ed25519)
        try folder.write(Array(try #require(key.pkcs8PEM).utf8), to: "key.pem")
        let stored = try SigningKey(uri: "file:\(folder.path("key.pem"))")
        #expect(stored.publicKey.spki == key.publicKey.spki)
        #expect(throws: CryptoError.self) { try SigningKey(uri: "pkcs11:token=none;object=none") }
    }

    @Test("a key of 1,024 bits, of P-384 or of another kind is refused")
    func refused() throws {
        let pem = try PrivateKey.generateEC(.p384).pkcs8PEM
        #expect(throws: CryptoError.self) { try SigningKey(pem: pem) }
        let short = try PrivateKey.generateRSA(bits: 1024).pkcs8PEM
        #expect(throws: CryptoError.self) { try SigningKey(pem: short) }
    }

    @Test("canonical JSON orders names by their bytes and escapes two characters")
    func canonical() throws {
        let document = JSONDocument()
        try document.parse(Array(#"{ "b":1, "a":{"z":[true,null,"é\"\\\/"],"Z":-5}, "é":"\u0041" }"#.utf8))
        let buffer = ByteBuffer()
        #expect(CanonicalJSON.append(document.root, to: buffer))
        #expect(buffer.all.string == #"{"a":{"Z":-5,"z":[true,null,"é\"\\/"]},"b":1,"é":"A"}"#)
        try document.parse(Array("[1.5]".utf8))
        #expect(!CanonicalJSON.append(document.root, to: buffer))
    }
}
