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

    @Test("nothing is public")
    func nothingIsPublic() throws {
        for file in try SourceTree("Sources").files {
            for line in file.lines {
                let text = line.drop { $0 == " " }
                #expect(!text.hasPrefix("public ") && !text.hasPrefix("open class"), "\(file.path): \(text)")
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
