import Foundation
import Testing

@Suite("House rules")
struct HouseTests {
    @Test("no file holds more than 300 lines of code, and half of them at most 90")
    func filesAreSmall() throws {
        let files = try SourceTree("Sources").files
        for file in files { #expect(file.codeLines <= 300, "\(file.path) has \(file.codeLines) lines of code") }
        let sorted = files.map(\.codeLines).sorted()
        #expect(sorted[sorted.count / 2] <= 90)
    }

    /// The views of bytes and JSON that rules read claim by claim: the compiler writes out in the caller only what is
    /// public, and without that each claim counts references (docs/ARCHITECTURE.md).
    static let inlined: Set<String> = [
        "ByteBuffer", "ByteMatching", "ByteSlice", "ClaimIndex", "ClaimName", "Claims", "JSONAccess", "JSONDocument",
        "JSONElements", "JSONMembers", "JSONValue",
    ]

    @Test("nothing is public but what is written out where it is called")
    func nothingIsPublic() throws {
        for file in try SourceTree("Sources").files {
            let mayBe = Self.inlined.contains { file.path == "Encoding/\($0).swift" }
            for (number, line) in file.lines.enumerated() {
                let text = line.drop { $0 == " " }
                let words = text.split(separator: " ").drop { $0.hasPrefix("@") }
                guard words.first == "public" || text.hasPrefix("open class") else { continue }
                #expect(mayBe, "\(file.path): \(text)")
                guard !words.contains("=="), words.contains(where: { $0 == "func" || $0.hasPrefix("subscript(") })
                else {
                    continue
                }
                #expect(number > 0 && file.lines[number - 1].contains("@inlinable"), "\(file.path): \(text)")
            }
        }
    }

    @Test("no trap stands where input could reach it", arguments: ["try!", "as!", "fatalError("])
    func noTraps(_ trap: String) throws {
        for file in try SourceTree("Sources").files {
            for line in file.lines where !line.drop(while: { $0 == " " }).hasPrefix("//") {
                #expect(!line.contains(trap), "\(file.path): \(line)")
            }
        }
    }

    @Test("HMAC algorithms and none do not exist in the verifier")
    func noSharedSecrets() throws {
        for file in try SourceTree("Sources").files
        where file.target == "JOSE" || file.path.hasPrefix("Crypto/Signature") {
            for line in file.lines where !line.drop(while: { $0 == " " }).hasPrefix("//") {
                #expect(!line.contains("HS256"), "\(file.path): \(line)")
            }
        }
    }

    @Test("paths and lists are judged in one way: what else their settings offer is for suites from outside")
    func oneWayToJudge() throws {
        let settings = ["ChainSettings", "CertificatePolicyInputs", "RevocationSettings"]
        for file in try SourceTree("Sources").files {
            let owns = file.target == "PKIX" || file.target == "Crypto"
            for line in file.lines where !line.drop(while: { $0 == " " }).hasPrefix("//") {
                for name in settings where line.contains(name) {
                    let makes = line.contains("\(name)(") && !line.contains("static let standard = \(name)()")
                    #expect(owns && !makes, "\(file.path): \(line)")
                }
            }
        }
    }
}
