import Crypto
import Encoding
import Foundation
import JOSE
import Scores
import Testing

@Suite("JWE and others")
struct OutsideJWETests {
    private static let path = "wycheproof/json_web_encryption_test.json"

    @Test(
        "every Wycheproof vector is judged as it says where it is of our algorithms, and refused where it is not",
        .enabled(if: Vectors.exists(path), "skipped: no vectors, see COUNTERFOIL_VECTORS")
    )
    func wycheproof() throws {
        let document = try Vectors.json(Self.path)
        var (judged, opened): (Int, [Int64]) = (0, [])
        var (accepts, rejects): ([String], [String]) = ([], [])
        for group in try #require(document.root["testGroups"]).elements {
            let jwk = try #require(group["private"])
            let buffer = ByteBuffer()
            var json = JSONWriter(buffer)
            json.value(jwk)
            let key = try? RecipientPrivateKey.decode(buffer.all.bytes)
            for test in try #require(group["tests"]).elements {
                let id = try #require(test["tcId"]?.integer)
                let text = try #require(test["jwe"]?.text)
                let plaintext = key.flatMap { try? JWEOpener($0).open(text) }
                let expected = try Self.isOurs(text) && test["result"]?.text?.string == "valid"
                judged += 1
                if plaintext != nil { opened.append(id) }
                if plaintext != nil, !expected { accepts.append("\(id)") }
                if plaintext == nil, expected { rejects.append("\(id)") }
                if let plaintext {
                    #expect(Hex.encode(plaintext) == test["pt"]?.text?.string, "tcId \(id)")
                }
            }
        }
        #expect(accepts.isEmpty && rejects.isEmpty, "accepted \(accepts), refused \(rejects)")
        #expect(judged == 139)
        #expect(opened == [66, 90])
        Score(
            "wycheproof json_web_encryption",
            passed: judged - accepts.count - rejects.count,
            of: judged,
            falseAccepts: accepts,
            falseRejects: rejects,
            note: "2 are of our algorithms and valid; all others must be refused"
        ).record()
    }

    /// Whether a header names one of our two algorithms and our encryption.
    private static func isOurs(_ text: ByteSlice) throws -> Bool {
        let header = JSONDocument()
        guard let end = text.firstIndex(of: UInt8(ascii: ".")) else { return false }
        do { try header.parse(base64url: text[0..<end]) } catch { return false }
        return header.root["enc"]?.text?.string == "A256GCM"
            && JWEKeyAlgorithm(rawValue: header.root["alg"]?.text?.string ?? "") != nil
    }

    private static let library = PythonJOSE.found()

    @Test(
        "an outside library opens what we seal, and we open what it seals",
        .enabled(if: library != nil, "skipped: neither jwcrypto nor joserfc is installed"),
        arguments: SealingTests.keys
    )
    func outside(_ name: String, _ key: PrivateKey) throws {
        let python = try #require(Self.library)
        let text = "{\"client_secret\":\"\(name) \u{e9}\"}"
        let jwe = try JWERecipient(key.publicKey, keyID: Array("kid=".utf8)).seal(Array(text.utf8))
        #expect(try python.run(PythonJOSE.open, [key.pkcs8PEM, jwe.string]) == text)
        let algorithm = JWEKeyAlgorithm(key.publicKey.kind).rawValue
        let theirs = try python.run(PythonJOSE.seal, [key.pkcs8PEM, text, algorithm])
        #expect(try JWEOpener(key).open(ByteSlice(theirs)) == Array(text.utf8))
    }
}
