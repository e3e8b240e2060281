import Glibc
import Testing

@testable import Fetch

@Suite("A peer's address")
struct PeerAddressTests {
    struct Row: CustomTestStringConvertible, Sendable {
        var text: String
        var kind: PeerAddress.Kind
        var testDescription: String { "\(text) is \(kind.rawValue)" }
    }

    static let rows = [
        Row(text: "8.8.8.8", kind: .global),
        Row(text: "172.15.255.255", kind: .global),
        Row(text: "172.32.0.0", kind: .global),
        Row(text: "126.255.255.255", kind: .global),
        Row(text: "223.255.255.255", kind: .global),
        Row(text: "127.0.0.1", kind: .loopback),
        Row(text: "127.255.255.254", kind: .loopback),
        Row(text: "10.0.0.1", kind: .privateNetwork),
        Row(text: "172.16.0.1", kind: .privateNetwork),
        Row(text: "172.31.255.255", kind: .privateNetwork),
        Row(text: "192.168.1.1", kind: .privateNetwork),
        Row(text: "100.64.0.1", kind: .privateNetwork),
        Row(text: "0.0.0.0", kind: .other),
        Row(text: "169.254.169.254", kind: .other),
        Row(text: "192.0.2.1", kind: .other),
        Row(text: "198.19.0.1", kind: .other),
        Row(text: "224.0.0.1", kind: .other),
        Row(text: "255.255.255.255", kind: .other),
        Row(text: "2606:4700::1", kind: .global),
        Row(text: "::1", kind: .loopback),
        Row(text: "::", kind: .other),
        Row(text: "fd00::1", kind: .privateNetwork),
        Row(text: "fe80::1", kind: .other),
        Row(text: "ff02::1", kind: .other),
        Row(text: "::ffff:127.0.0.1", kind: .other),
        Row(text: "::ffff:8.8.8.8", kind: .other),
        Row(text: "::127.0.0.1", kind: .other),
        Row(text: "64:ff9b::8.8.8.8", kind: .global),
        Row(text: "64:ff9b::127.0.0.1", kind: .other),
        Row(text: "64:ff9b:1::1", kind: .other),
        Row(text: "2002:7f00:1::", kind: .other),
        Row(text: "2001:db8::1", kind: .other),
        Row(text: "2001::1", kind: .other),
        Row(text: "3fff::1", kind: .other),
    ]

    @Test("has a kind", arguments: rows)
    func kind(_ row: Row) throws {
        let family = row.text.contains(":") ? AF_INET6 : AF_INET
        var bytes = [UInt8](repeating: 0, count: family == AF_INET6 ? 16 : 4)
        try #require(inet_pton(family, row.text, &bytes) == 1)
        #expect(try #require(PeerAddress(bytes: bytes)).kind == row.kind)
    }

    @Test("is reached only as far as the host's rule goes")
    func reach() throws {
        let loopback = try #require(PeerAddress(bytes: [127, 0, 0, 1]))
        let inside = try #require(PeerAddress(bytes: [10, 0, 0, 1]))
        let metadata = try #require(PeerAddress(bytes: [169, 254, 169, 254]))
        #expect(HostRule.Reach.allCases.map { loopback.isWithin($0) } == [false, false, true])
        #expect(HostRule.Reach.allCases.map { inside.isWithin($0) } == [false, true, true])
        #expect(HostRule.Reach.allCases.map { metadata.isWithin($0) } == [false, false, false])
    }
}
