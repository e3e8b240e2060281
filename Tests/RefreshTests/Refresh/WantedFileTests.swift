import KeyCache
import OpenBanking
import Operations
import Testing

@testable import Refresh

@Suite("What an air-gapped site waits for")
struct WantedFileTests {
    private static let now: Int64 = 1_795_305_600

    private static func configuration() -> Configuration {
        var configuration = Configuration(environment: .sandbox)
        configuration.directory.keystore = "https://keystore.test"
        configuration.directory.jwks = "https://keystore.test/keystore/openbanking.jwks"
        configuration.directory.allowHosts = ["keystore.test", "other.test:8443"]
        configuration.directory.crlHosts = ["crl.test"]
        return configuration
    }

    private static func text(_ wanted: String, environment: String = "sandbox", version: String = "1") -> String {
        "{\"v\":\(version),\"created_at\":\"2026-11-22T00:00:00Z\",\"environment\":\"\(environment)\",\"wanted\":[\(wanted)]}"
    }

    private static func read(_ text: String) throws -> WantedFile {
        try WantedFile.decode(Array(text.utf8), configuration(), at: now)
    }

    @Test("becomes sources by the shape of the URL, each once, and keys")
    func taken() throws {
        let urls = [
            "https://keystore.test/org1/org1.jwks", "https://keystore.test/org1/sw1.jwks",
            "https://other.test:8443/org1/revoked/sw1.jwks", "https://keystore.test/org1/revoked/org1.jwks",
            "http://crl.test/issuing.crl", "https://keystore.test/org1/sw1.jwks",
            "https://keystore.test/keystore/openbanking.jwks",
        ]
        let entries = urls.enumerated().map {
            "{\"url\":\"\($1)\",\"kid\":\($0 == 1 ? "\"k=\"" : "null"),\"requests\":3}"
        }
        let file = try Self.read(Self.text(entries.joined(separator: ",")))
        #expect(
            file.seeds.map { "\($0.class.rawValue) \($0.organisationID ?? "-") \($0.softwareID ?? "-")" } == [
                "organisation org1 -", "software org1 sw1", "softwareRevoked org1 sw1", "organisationRevoked org1 -",
                "crl - -",
            ]
        )
        #expect(file.seeds.allSatisfy { $0.environment == "sandbox" })
        #expect(file.wanted.count == 7)
        #expect(file.wanted[1] == KeyCache.WantedKey(url: urls[1], kid: "k=", since: Self.now))
        #expect(file.refused.isEmpty)
    }

    @Test(
        "does not count",
        arguments: [
            "https://stranger.test/org1/org1.jwks", "http://keystore.test/org1/org1.jwks",
            "https://keystore.test/org1/../org1.jwks", "https://keystore.test/org1/sw1.json",
            "https://keystore.test/org1/deep/er/sw1.jwks", "https://keystore.test//org1.jwks",
            "https://keystore.test@stranger.test/org1/org1.jwks", "https://keystore.test/org1/sw1.jwks?x=.jwks",
            "https://keystore.test/org1/%2e%2e.jwks", "http://stranger.test/a.crl", "file:///etc/passwd", "",
            "http://crl.test/org1/org1.jwks",
        ]
    )
    func refused(_ url: String) throws {
        let file = try Self.read(Self.text("{\"url\":\"\(url)\",\"kid\":null},{\"url\":\"\(url)\",\"kid\":\"k\"}"))
        #expect(file.refused == [url] && file.seeds.isEmpty && file.wanted.isEmpty)
    }

    static let unreadable: [(String, String, WantedFile.Fault)] = [
        ("another version", text("", version: "2"), .member("v")),
        ("no environment", "{\"v\":1,\"wanted\":[]}", .member("environment")),
        ("the other environment", text("", environment: "production"), .environment("production")),
        ("no list", "{\"v\":1,\"environment\":\"sandbox\",\"wanted\":{}}", .member("wanted")),
        ("an entry without a URL", text("{\"kid\":null}"), .member("url")),
        ("a kid that is a number", text("{\"url\":\"https://keystore.test/a/a.jwks\",\"kid\":7}"), .member("kid")),
    ]

    @Test("is not read", arguments: unreadable)
    func refuses(_ name: String, _ text: String, _ fault: WantedFile.Fault) {
        #expect(throws: fault) { try Self.read(text) }
    }

    @Test("is bounded in bytes and keys; text that is not JSON is no list")
    func bounds() throws {
        #expect(throws: WantedFile.Fault.self) { try Self.read("wanted") }
        let padding = [UInt8](repeating: 0x20, count: WantedFile.byteLimit - Self.text("").utf8.count)
        let whole = Array(Self.text("").utf8) + padding
        #expect(try WantedFile.decode(whole, Self.configuration(), at: Self.now).wanted.isEmpty)
        #expect(throws: WantedFile.Fault.tooLarge) {
            try WantedFile.decode(whole + [0x20], Self.configuration(), at: Self.now)
        }
        let entry = "{\"url\":\"https://keystore.test/a/a.jwks\"}"
        let most = Array(repeating: entry, count: WantedFile.keyLimit)
        #expect(try Self.read(Self.text(most.joined(separator: ","))).wanted.count == WantedFile.keyLimit)
        #expect(throws: WantedFile.Fault.tooMany(WantedFile.keyLimit + 1)) {
            try Self.read(Self.text((most + [entry]).joined(separator: ",")))
        }
    }
}
