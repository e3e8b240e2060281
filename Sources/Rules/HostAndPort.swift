import Encoding

/// The authority of a URI without its user information: a host, and a port that is only checked.
///
/// Stricter than RFC 3986: host names are plain (letters, digits, `-`, `_`, `*`; labels of 1 to 63 bytes), and a name whose
/// last label is a number must be an IPv4 address, as browsers have it (WHATWG URL, "ends in a number").
struct HostAndPort {
    /// IPv6 without its brackets.
    let host: ByteSlice
    let isIPv6: Bool

    static func parse(_ authority: ByteSlice) -> Result<HostAndPort, RedirectURI.Malformed> {
        let isBracketed = authority.hasPrefix("[")
        var host = authority
        var port = authority[authority.count..<authority.count]
        if isBracketed {
            guard let end = authority.firstIndex(of: UInt8(ascii: "]")) else {
                return failure("has an unclosed [ in its host")
            }
            host = authority[1..<end]
            port = authority[(end + 1)..<authority.count]
        } else if let colon = authority.firstIndex(of: UInt8(ascii: ":")) {
            host = authority[0..<colon]
            port = authority[colon..<authority.count]
        }
        guard !host.isEmpty else { return failure("has no host") }
        guard isPort(port) else { return failure("has a broken port") }
        guard !isBracketed else {
            return IPv6Address(host) == nil
                ? failure("has a broken IPv6 host") : .success(HostAndPort(host: host, isIPv6: true))
        }
        guard isName(host) else { return failure("has a broken host name") }
        let name = LocalHost.withoutTrailingDot(host)
        guard !IPv4Address.endsInNumber(name) || IPv4Address.read(name) != nil else {
            return failure("has a broken IPv4 host")
        }
        return .success(HostAndPort(host: host, isIPv6: false))
    }

    private static func failure(_ message: String) -> Result<HostAndPort, RedirectURI.Malformed> {
        .failure(RedirectURI.Malformed(message: message))
    }

    /// True for nothing, or a colon and a number from 1 to 65,535.
    private static func isPort(_ text: ByteSlice) -> Bool {
        if text.isEmpty { return true }
        guard text[0] == UInt8(ascii: ":"), (2...6).contains(text.count) else { return false }
        var number = 0
        for index in 1..<text.count {
            guard (0x30...0x39).contains(text[index]) else { return false }
            number = number * 10 + Int(text[index] - 0x30)
        }
        return (1...65_535).contains(number)
    }

    /// True for labels of 1 to 63 bytes, one dot between two; a dot at the end is allowed.
    private static func isName(_ host: ByteSlice) -> Bool {
        var length = 0
        for index in 0..<host.count {
            switch host[index] {
            case UInt8(ascii: "."):
                guard length > 0 else { return false }
                length = 0
            case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "*"): length += 1
            default:
                guard Words.isAlphanumeric(host[index]) else { return false }
                length += 1
            }
            guard length <= 63 else { return false }
        }
        return host.count <= 253
    }
}
