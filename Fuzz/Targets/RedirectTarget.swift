import Glibc

@testable import Encoding
@testable import Rules

extension FuzzTarget {
    /// Redirect URIs: what may be registered is plain https to a public host, judged again by other means.
    static let redirect = FuzzTarget("redirect", byteLimit: 512) { bytes throws(BrokenProperty) in
        let text = ByteSlice(bytes)
        guard case .success(let uri) = RedirectURI.parse(text) else {
            try hold(!DefaultRedirects.isUsable(text), "a malformed URI is usable")
            return false
        }
        try RedirectProperties.inspect(uri, bytes)
        guard DefaultRedirects.isUsable(text) else { return true }
        try RedirectProperties.isPublic(bytes, host: text[uri.hostPlace].string.lowercased())
        return true
    }
}

enum RedirectProperties {
    /// The parts are those of the text.
    static func inspect(_ uri: RedirectURI, _ bytes: [UInt8]) throws(BrokenProperty) {
        try hold(bytes.allSatisfy { (0x21...0x7E).contains($0) && !"\"<>\\^`{|}".utf8.contains($0) }, "a foreign byte")
        let hash = bytes.contains(UInt8(ascii: "#"))
        try hold(uri.hasFragment == hash, "the fragment was missed or made up")
        let authority = Array(authority(of: bytes))
        try hold(uri.userInfo == authority.contains(UInt8(ascii: "@")), "user information was missed or made up")
        let host = ByteSlice(bytes)[uri.hostPlace].string
        try hold(!host.isEmpty, "no host")
        let isBracketed = authority.contains(UInt8(ascii: "["))
        var numbers = in6_addr()
        try hold(isBracketed == (inet_pton(AF_INET6, host, &numbers) == 1), "\(host) is another kind of address")
        guard !isBracketed, let address = address(of: host) else { return }
        try hold(uri.isLocal || !isPrivate(address), "\(host) is a private address")
    }

    /// The bytes between the two slashes and the next slash, question mark or hash.
    private static func authority(of bytes: [UInt8]) -> ArraySlice<UInt8> {
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else { return [] }
        return bytes[(colon + 1)...].dropFirst(2).prefix { !"/?#".utf8.contains($0) }
    }

    /// What may be registered, looked at as plain text.
    static func isPublic(_ bytes: [UInt8], host: String) throws(BrokenProperty) {
        let text = String(decoding: bytes, as: UTF8.self)
        try hold(text.lowercased().hasPrefix("https://"), "not https")
        try hold(bytes.count <= 256, "\(bytes.count) bytes")
        try hold(!text.contains { "#*\\ ".contains($0) }, "a fragment, a wildcard or a break")
        try hold(!authority(of: bytes).contains(UInt8(ascii: "@")), "user information")
        let path = text.dropFirst(8).lowercased().replacing("%2e", with: ".").replacing("%2f", with: "/")
        let segments = path.prefix { $0 != "?" }.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        try hold(!segments.contains(".") && !segments.contains(".."), "dot segments")
        let name = host.hasSuffix(".") ? String(host.dropLast()) : host
        let locals = ["localhost", "local", "localdomain", "::", "::1"]
        try hold(!locals.contains(name) && !locals.contains { name.hasSuffix("." + $0) }, "\(host) is local")
        if let address = address(of: name) { try hold(!isPrivate(address), "\(host) is a private address") }
    }

    /// What the C library makes of a host that is a number in any spelling.
    private static func address(of host: String) -> UInt32? {
        var address = in_addr()
        return inet_aton(host, &address) != 0 ? UInt32(bigEndian: address.s_addr) : nil
    }

    private static func isPrivate(_ address: UInt32) -> Bool {
        switch (address >> 24, address >> 16 & 0xFF) {
        case (0, _), (10, _), (127, _), (192, 168), (169, 254), (172, 16...31), (224..., _): true
        default: false
        }
    }
}
