import Testing

@testable import Fetch

@Suite("A URL")
struct FetchURLTests {
    struct Row: CustomTestStringConvertible, Sendable {
        var name: String
        var text: String
        var code: String
        var testDescription: String { name }
    }

    static let refused = [
        Row(name: "empty", text: "", code: "url"),
        Row(name: "no scheme", text: "keystore.test/a", code: "url"),
        Row(name: "a file", text: "file:///etc/passwd", code: "not_allowed_scheme"),
        Row(name: "gopher", text: "gopher://keystore.test/a", code: "not_allowed_scheme"),
        Row(name: "scheme in capitals", text: "HTTPS://keystore.test/a", code: "not_allowed_scheme"),
        Row(name: "user information", text: "https://keystore.test@evil.test/a", code: "url"),
        Row(name: "user and password", text: "https://a:b@keystore.test/a", code: "url"),
        Row(name: "a space", text: "https://keystore.test/a b", code: "url"),
        Row(name: "a line feed", text: "https://keystore.test/a\nHost: x", code: "url"),
        Row(name: "a backslash", text: "https://keystore.test\\@evil.test/", code: "url"),
        Row(name: "a fragment", text: "https://keystore.test/a#b", code: "url"),
        Row(name: "not ASCII", text: "https://keyst\u{F6}re.test/a", code: "url"),
        Row(name: "IPv6 address", text: "https://[::1]/a", code: "url"),
        Row(name: "no host", text: "https:///a", code: "url"),
        Row(name: "host of one dot", text: "https://./a", code: "url"),
        Row(name: "host ends in a dot", text: "https://keystore.test./a", code: "url"),
        Row(name: "host with an empty label", text: "https://keystore..test/a", code: "url"),
        Row(name: "host with a percent sign", text: "https://keystore%2etest/a", code: "url"),
        Row(name: "empty port", text: "https://keystore.test:/a", code: "url"),
        Row(name: "port zero", text: "https://keystore.test:0/a", code: "url"),
        Row(name: "port with leading zero", text: "https://keystore.test:0443/a", code: "url"),
        Row(name: "port too large", text: "https://keystore.test:65536/a", code: "url"),
        Row(name: "port not a number", text: "https://keystore.test:https/a", code: "url"),
        Row(name: "parent segment", text: "https://keystore.test/a/../b", code: "url"),
        Row(name: "dot segment at the end", text: "https://keystore.test/a/.", code: "url"),
        Row(name: "encoded parent segment", text: "https://keystore.test/a/%2e%2E/b", code: "url"),
        Row(name: "half-encoded parent segment", text: "https://keystore.test/.%2e/b", code: "url"),
        Row(name: "too long", text: "https://keystore.test/" + String(repeating: "a", count: 2048), code: "url"),
    ]

    @Test("is refused", arguments: refused)
    func refuses(_ row: Row) {
        #expect {
            try FetchURL(row.text)
        } throws: {
            ($0 as? FetchFailure)?.code == row.code
        }
    }

    @Test("is read into its parts")
    func parts() throws {
        let url = try FetchURL("https://KeyStore.test:8443/org/soft.jwks?v=1")
        #expect(url.scheme == .https)
        #expect(url.host == "keystore.test")
        #expect(url.port == 8443)
        #expect(url.path == "/org/soft.jwks")
        #expect(url.hasQuery)
        #expect(try FetchURL("https://keystore.test").path == "/")
        #expect(try FetchURL("http://keystore.test").port == 80)
        #expect(try FetchURL("https://keystore.test/.well-known/..a/...").path == "/.well-known/..a/...")
    }
}
