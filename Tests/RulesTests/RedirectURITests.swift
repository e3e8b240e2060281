import Encoding
import Scores
import Testing

@testable import Rules

/// A URI and what is said of it: nothing, or the first rule that it breaks, as the book asks them.
struct RedirectCase: CustomTestStringConvertible, Sendable {
    enum Verdict: Sendable {
        case good, malformed, userInformation, scheme, local, fragment, dots, wildcard
    }

    let uri: String
    let verdict: Verdict
    let note: String

    init(_ uri: String, _ verdict: Verdict, _ note: String = "") {
        (self.uri, self.verdict, self.note) = (uri, verdict, note)
    }

    var testDescription: String { "\(uri.prefix(60)) \(note)" }

    static func judge(_ text: ByteSlice) -> Verdict {
        guard case .success(let uri) = RedirectURI.parse(text) else { return .malformed }
        if uri.userInfo { return .userInformation }
        if !uri.isHTTPS { return .scheme }
        if uri.isLocal { return .local }
        if uri.hasFragment { return .fragment }
        if text.firstIndex(of: UInt8(ascii: "*")) != nil { return .wildcard }
        return uri.hasDotSegments ? .dots : .good
    }
}

/// The forms of a redirect URI (rules R-102 to R-106).
struct RedirectURITests {
    @Test("a redirect URI", arguments: redirectCases)
    func isJudged(_ row: RedirectCase) {
        #expect(RedirectCase.judge(ByteSlice(row.uri)) == row.verdict)
        #expect(DefaultRedirects.isUsable(ByteSlice(row.uri)) == (row.verdict == .good && row.uri.utf8.count <= 256))
    }

    @Test("the table is judged whole")
    func score() {
        let missed = redirectCases.filter { RedirectCase.judge(ByteSlice($0.uri)) != $0.verdict }
        #expect(missed.map(\.uri) == [])
        Score(
            "own redirect URIs",
            passed: redirectCases.count - missed.count,
            of: redirectCases.count,
            falseAccepts: missed.filter { $0.verdict != .good }.map(\.uri),
            falseRejects: missed.filter { $0.verdict == .good }.map(\.uri)
        ).record()
    }

    @Test("the table has at least 120 rows and none twice")
    func tableIsLarge() {
        #expect(redirectCases.count >= 120)
        #expect(Set(redirectCases.map(\.uri)).count == redirectCases.count)
    }

    @Test(
        "every byte below 0x21, above 0x7E, the excluded ones and brackets break a URI",
        arguments: UInt8.min...UInt8.max
    )
    func foreignBytes(_ byte: UInt8) {
        let text = ByteSlice(Array("https://a.example/p".utf8) + [byte] + Array("q".utf8))
        let allowed = "!$%&'()*+,-./:;=?@_~#".utf8.contains(byte) || Words.isAlphanumeric(byte)
        let isBroken = RedirectCase.judge(text) == .malformed
        #expect(isBroken == (!allowed || byte == UInt8(ascii: "%")))
    }

    @Test("every address of the private networks is local, and none beside them")
    func edgesOfPrivateNetworks() {
        let edges: [(String, Bool)] = [
            ("9.255.255.255", false), ("10.0.0.0", true), ("10.255.255.255", true), ("11.0.0.0", false),
            ("100.63.255.255", false), ("100.64.0.0", true), ("100.127.255.255", true), ("100.128.0.0", false),
            ("126.255.255.255", false), ("127.0.0.0", true), ("127.255.255.255", true), ("128.0.0.0", false),
            ("169.253.255.255", false), ("169.254.0.0", true), ("169.254.255.255", true), ("169.255.0.0", false),
            ("172.15.255.255", false), ("172.16.0.0", true), ("172.31.255.255", true), ("172.32.0.0", false),
            ("192.167.255.255", false), ("192.168.0.0", true), ("192.168.255.255", true), ("192.169.0.0", false),
            ("192.0.0.255", true), ("192.0.1.0", false), ("192.0.2.1", true), ("192.0.3.0", false),
            ("198.17.255.255", false), ("198.18.0.0", true), ("198.19.255.255", true), ("198.20.0.0", false),
            ("198.51.99.255", false), ("198.51.100.1", true), ("198.51.101.0", false),
            ("203.0.112.255", false), ("203.0.113.1", true), ("203.0.114.0", false),
            ("223.255.255.255", false), ("224.0.0.0", true), ("255.255.255.255", true), ("0.0.0.0", true),
        ]
        for (address, isLocal) in edges {
            #expect(LocalHost.isLocal(name: ByteSlice(address)) == isLocal, "\(address)")
            #expect(LocalHost.isLocal(ipv6: ByteSlice("::ffff:\(address)")) == isLocal, "mapped \(address)")
        }
    }
}

private func name(_ labels: Int, _ length: Int) -> String {
    Array(repeating: String(repeating: "a", count: length), count: labels).joined(separator: ".")
}

let redirectCases: [RedirectCase] = plainCases + brokenCases + hostCases + addressCases + pathCases

private let plainCases: [RedirectCase] = [
    .init("https://app.example/callback", .good), .init("https://app.example", .good, "no path"),
    .init("https://app.example/", .good), .init("https://app.example:8443/cb", .good),
    .init("https://app.example:1/cb", .good), .init("https://app.example:65535/cb", .good),
    .init("https://app.example/cb?x=1&y=a/../b", .good, "dots in the query"),
    .init("https://app.example?x=1", .good), .init("HTTPS://app.example/cb", .good, "scheme in capitals"),
    .init("hTtPs://app.example/cb", .good), .init("https://APP.EXAMPLE/cb", .good),
    .init("https://a-b.example/cb", .good), .init("https://a_b.example/cb", .good),
    .init("https://xn--caf-dma.example/cb", .good, "punycode"), .init("https://app.example./cb", .good, "root dot"),
    .init("https://app.example/%E2%82%AC", .good), .init("https://app.example/a%20b", .good),
    .init("https://app.example/cb;v=1", .good), .init("https://app.example/a@b", .good, "@ in the path"),
    .init("https://app.example/a:b", .good), .init("https://app.example/?u=a@b", .good),
    .init("https://8.8.8.8/cb", .good, "a public address"), .init("https://[2606:4700::1111]/cb", .good),
    .init("https://a.example/cb?x[]=1", .malformed, "a bracket outside the host"),
    .init("https://[@a.example/cb", .malformed, "a bracket in the user information"),
    .init("https://[2606:4700:0:0:0:0:0:1111]:8443/cb", .good), .init("https://a.b.c.d.e.f.example/", .good),
    .init("https://localhost.example/cb", .good), .init("https://notlocalhost/cb", .good),
    .init("https://mylocal/cb", .good), .init("https://app.example/localhost", .good),
    .init("https://127.0.0.1.example/cb", .good), .init("https://10.example/cb", .good),
    .init("https://app.example//double", .good), .init("https://app.example/...", .good, "three dots"),
    .init("https://app.example/.well-known/x", .good), .init("https://app.example/a..b", .good),
    .init("https://\(name(1, 63)).example/", .good, "a label of 63"),
    .init("https://\(name(31, 7)).aaaa/", .good, "a name of 252"),
]

private let brokenCases: [RedirectCase] = [
    .init("", .malformed, "empty"), .init("/callback", .malformed), .init("callback", .malformed),
    .init("app.example/callback", .malformed), .init("//app.example/callback", .malformed),
    .init("https:", .malformed), .init("https:/app.example", .malformed), .init("https:app.example", .malformed),
    .init("https://", .malformed), .init("https:///cb", .malformed), .init("https://:443/cb", .malformed),
    .init("https://?x", .malformed), .init("https://#x", .malformed), .init("://app.example", .malformed),
    .init("1https://app.example", .malformed, "a scheme begins with a letter"),
    .init("ht_tps://app.example", .malformed),
    .init("https//app.example", .malformed), .init(" https://app.example/", .malformed),
    .init("https://app.example/ ", .malformed), .init("https://app.example/a b", .malformed),
    .init("https://app.example/a\tb", .malformed), .init("https://app.example/a\nb", .malformed),
    .init("https://app.example/a\u{0}b", .malformed), .init("https://app.example\\@evil.example/", .malformed),
    .init("https://app.example/a\\b", .malformed), .init("https://app.example/<x>", .malformed),
    .init("https://app.example/\"", .malformed), .init("https://app.example/{x}", .malformed),
    .init("https://app.example/a|b", .malformed), .init("https://app.example/a^b", .malformed),
    .init("https://app.example/a`b", .malformed), .init("https://app.example/%", .malformed),
    .init("https://app.example/%2", .malformed), .init("https://app.example/%GG", .malformed),
    .init("https://app.example/caf\u{E9}", .malformed), .init("https://\u{430}pp.example/", .malformed, "Cyrillic a"),
    .init("https://app\u{3002}example/", .malformed, "ideographic dot"), .init("https://app.example:/cb", .malformed),
    .init("https://app.example:0/cb", .malformed), .init("https://app.example:65536/cb", .malformed),
    .init("https://app.example:+80/cb", .malformed), .init("https://app.example:-1/cb", .malformed),
    .init("https://app.example:80a/cb", .malformed), .init("https://app.example:000443/cb", .malformed),
    .init("https://app.example:443:443/cb", .malformed), .init("https://.app.example/", .malformed),
    .init("https://app..example/", .malformed), .init("https://app.example../", .malformed),
    .init("https://./", .malformed), .init("https://app%2Eexample/", .malformed, "an encoded dot"),
    .init("https://%6Cocalhost/", .malformed, "an encoded letter"), .init("https://a,b.example/", .malformed),
    .init("https://a!b.example/", .malformed), .init("https://\(name(1, 64)).example/", .malformed, "a label of 64"),
    .init("https://\(name(32, 7))/", .malformed, "a name of 255"), .init("https://a@b@app.example/", .malformed),
    .init("https://user@app.example/", .userInformation), .init("https://user:pass@app.example/", .userInformation),
    .init("https://@app.example/", .userInformation, "empty user"),
    .init("https://app.example@evil.example/", .userInformation),
    .init("https://app.example%40evil.example/", .malformed),
]

private let hostCases: [RedirectCase] = [
    .init("http://app.example/cb", .scheme), .init("com.example.app://cb/x", .scheme),
    .init("javascript://app.example/%0aalert(1)", .scheme), .init("data://app.example/x", .scheme),
    .init("file://app.example/x", .scheme), .init("httpss://app.example/", .scheme),
    .init("http://app.example/https", .scheme, "https in the path only"), .init("xhttps://app.example/", .scheme),
    .init("urn:ietf:wg:oauth:2.0:oob", .malformed), .init("about:blank", .malformed),
    .init("https://localhost", .local), .init("https://localhost/", .local), .init("https://localhost:8443/cb", .local),
    .init("https://LOCALHOST/", .local), .init("https://LocalHost./", .local), .init("https://app.localhost/", .local),
    .init("https://a.b.localhost./", .local), .init("https://localhost.localdomain/", .local),
    .init("https://localhost6/", .local), .init("https://ip6-localhost/", .local),
    .init("https://ip6-loopback/", .local),
    .init("https://printer.local/", .local), .init("https://host.localdomain/", .local),
    .init("https://*.app.example/", .wildcard), .init("https://app.example/*", .wildcard),
    .init("https://app.example/?x=*", .wildcard), .init("https://app.example/#", .fragment),
    .init("https://app.example/cb#x", .fragment), .init("https://app.example#x", .fragment),
    .init("https://app.example/cb?x#y?z", .fragment),
]

private let addressCases: [RedirectCase] = [
    .init("https://127.0.0.1/", .local), .init("https://127.0.0.1:443/", .local), .init("https://127.0.0.1./", .local),
    .init("https://127.1/", .local, "short"), .init("https://127.0.1/", .local), .init("https://2130706433/", .local),
    .init("https://0x7f000001/", .local), .init("https://0x7F.0.0.1/", .local), .init("https://0177.0.0.1/", .local),
    .init("https://017700000001/", .local), .init("https://0x7f.1/", .local), .init("https://0/", .local),
    .init("https://0x/", .local, "0x alone is zero"), .init("https://0x7f.0x.0x.0x1/", .local),
    .init("https://000000000000000177.0.0.1/", .local), .init("https://10.1.2.3/", .local),
    .init("https://012.1.2.3/", .local, "octal 10"), .init("https://172.16.0.1/", .local),
    .init("https://192.168.0.1/", .local), .init("https://0xc0a80001/", .local),
    .init("https://169.254.169.254/", .local),
    .init("https://2852039166/", .local, "the same in decimal"), .init("https://0.0.0.0/", .local),
    .init("https://255.255.255.255/", .local), .init("https://224.0.0.1/", .local),
    .init("https://100.64.0.1/", .local),
    .init("https://256.1.1.1/", .malformed), .init("https://1.2.3.4.5/", .malformed),
    .init("https://1.2.3.256/", .malformed),
    .init("https://4294967296/", .malformed), .init("https://127.0.0.08/", .malformed, "no octal"),
    .init("https://app.0x1/", .malformed), .init("https://app.1/", .malformed), .init("https://[::1]/", .local),
    .init("https://[::]/", .local), .init("https://[0:0:0:0:0:0:0:1]/", .local), .init("https://[::1]:8443/", .local),
    .init("https://[::ffff:127.0.0.1]/", .local), .init("https://[::FFFF:7f00:1]/", .local),
    .init("https://[::127.0.0.1]/", .local), .init("https://[::ffff:0:127.0.0.1]/", .local),
    .init("https://[64:ff9b::127.0.0.1]/", .local), .init("https://[64:ff9b:1::1]/", .local),
    .init("https://[2002:7f00:1::]/", .local), .init("https://[fc00::1]/", .local),
    .init("https://[fd12:3456::1]/", .local),
    .init("https://[fe80::1]/", .local), .init("https://[fec0::1]/", .local), .init("https://[ff02::1]/", .local),
    .init("https://[2001:db8::1]/", .local), .init("https://[100::1]/", .local),
    .init("https://[::ffff:8.8.8.8]/", .good),
    .init("https://[2002:808:808::]/", .good), .init("https://[::1/", .malformed), .init("https://::1/", .malformed),
    .init("https://[]/", .malformed), .init("https://[:]/", .malformed), .init("https://[:::]/", .malformed),
    .init("https://[1::2::3]/", .malformed), .init("https://[1:2:3:4:5:6:7]/", .malformed),
    .init("https://[1:2:3:4:5:6:7:8:9]/", .malformed), .init("https://[1:2:3:4:5:6:7:8::]/", .malformed),
    .init("https://[12345::]/", .malformed), .init("https://[::g]/", .malformed), .init("https://[::+1]/", .malformed),
    .init("https://[1:]/", .malformed), .init("https://[:1]/", .malformed), .init("https://[::1.2.3]/", .malformed),
    .init("https://[::01.2.3.4]/", .malformed), .init("https://[::0x7f.0.0.1]/", .malformed),
    .init("https://[1.2.3.4::]/", .malformed), .init("https://[fe80::1%25eth0]/", .malformed, "a zone"),
    .init("https://[v1.x]/", .malformed), .init("https://[::1]x/", .malformed), .init("https://x[::1]/", .malformed),
]

private let pathCases: [RedirectCase] = [
    .init("https://app.example/./cb", .dots), .init("https://app.example/../cb", .dots),
    .init("https://app.example/a/..", .dots), .init("https://app.example/a/.", .dots),
    .init("https://app.example/%2e%2e/cb", .dots), .init("https://app.example/%2E/cb", .dots),
    .init("https://app.example/.%2e/cb", .dots), .init("https://app.example/a%2f..%2fcb", .dots),
    .init("https://app.example/a%5C..%5Ccb", .dots), .init("https://app.example/..", .dots),
    .init("https://app.example/..?x=1", .dots), .init("https://app.example/%2e%2e%2e/cb", .good),
    .init("https://app.example/" + String(repeating: "a", count: 236), .good, "256 bytes"),
    .init("https://app.example/" + String(repeating: "a", count: 237), .good, "257 bytes: R-102 counts"),
]
