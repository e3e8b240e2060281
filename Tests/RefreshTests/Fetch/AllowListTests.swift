import Testing

@testable import Fetch

@Suite("The allow-list")
struct AllowListTests {
    static let list = AllowList([
        HostRule(name: "keystore.test"), HostRule(name: "Other.Test", ports: [443, 8443]),
        HostRule(name: "crl.test", classes: [.revocationList]),
    ])

    struct Row: CustomTestStringConvertible, Sendable {
        var name: String
        var url: String
        var kind: FetchClass = .keySet
        var code: String?
        var testDescription: String { name }
    }

    static let rows = [
        Row(name: "listed host", url: "https://keystore.test/a"),
        Row(name: "listed host in capitals", url: "https://KEYSTORE.TEST/a"),
        Row(name: "its own port spelt out", url: "https://keystore.test:443/a"),
        Row(name: "another port of the list", url: "https://other.test:8443/a"),
        Row(name: "plain http for a CRL", url: "http://keystore.test/a.crl", kind: .revocationList),
        Row(name: "plain http for keys", url: "http://keystore.test/a", code: "not_allowed_scheme"),
        Row(name: "unlisted host", url: "https://evil.test/a", code: "not_allowed_host"),
        Row(name: "a host below a listed one", url: "https://a.keystore.test/a", code: "not_allowed_host"),
        Row(name: "a host that ends like a listed one", url: "https://evilkeystore.test/a", code: "not_allowed_host"),
        Row(name: "a host for CRLs, asked for one", url: "http://crl.test/a", kind: .revocationList),
        Row(name: "a host for CRLs, asked for keys", url: "https://crl.test/a", code: "not_allowed_host"),
        Row(name: "an address", url: "https://127.0.0.1/a", code: "not_allowed_host"),
        Row(name: "an address as one number", url: "https://2130706433/a", code: "not_allowed_host"),
        Row(name: "unlisted port", url: "https://keystore.test:8443/a", code: "not_allowed_port"),
        Row(
            name: "a CRL on a port not listed",
            url: "http://other.test/a",
            kind: .revocationList,
            code: "not_allowed_port"
        ),
    ]

    @Test("decides", arguments: rows)
    func decides(_ row: Row) {
        var code: String?
        do throws(FetchFailure) {
            _ = try Self.list.admit(row.url, class: row.kind)
        } catch {
            code = error.code
        }
        #expect(code == row.code)
    }
}
