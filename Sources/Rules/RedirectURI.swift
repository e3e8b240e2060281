import Encoding

/// A redirect URI taken apart by RFC 3986, as far as the rules ask; the text itself is compared byte by byte elsewhere.
struct RedirectURI {
    struct Malformed: Error, Equatable {
        let message: String
    }

    /// Lower case.
    let scheme: String
    let userInfo: Bool
    /// Lower case; IPv6 without its brackets.
    let host: String
    let path: ByteSlice
    let hasFragment: Bool

    var isHTTPS: Bool { scheme == "https" }

    /// True for a host that never leaves the machine or the local network.
    var isLocal: Bool { LocalHost.isLocal(host) }

    /// True where the path holds `.` or `..` segments, also percent-encoded.
    var hasDotSegments: Bool {
        path.string.lowercased().split(separator: "/", omittingEmptySubsequences: false).contains {
            let plain = $0.replacing("%2e", with: ".")
            return plain == "." || plain == ".."
        }
    }

    static func parse(_ text: ByteSlice) -> Result<RedirectURI, Malformed> {
        guard !text.isEmpty else { return .failure(Malformed(message: "is empty")) }
        if let bad = firstForeign(in: text) {
            return .failure(Malformed(message: "has a character URIs do not allow at byte \(bad)"))
        }
        if let bad = firstBrokenEscape(in: text) {
            return .failure(Malformed(message: "has a broken percent-encoding at byte \(bad)"))
        }
        guard let colon = text.firstIndex(of: UInt8(ascii: ":")), colon > 0, isScheme(text[0..<colon]) else {
            return .failure(Malformed(message: "has no scheme"))
        }
        let afterScheme = text[(colon + 1)..<text.count]
        guard afterScheme.hasPrefix("//") else { return .failure(Malformed(message: "has no authority")) }
        return hierarchical(scheme: text[0..<colon].string.lowercased(), afterScheme[2..<afterScheme.count])
    }

    private static func hierarchical(scheme: String, _ text: ByteSlice) -> Result<RedirectURI, Malformed> {
        let fragment = text.firstIndex(of: UInt8(ascii: "#"))
        let beforeFragment = text[0..<(fragment ?? text.count)]
        let query = beforeFragment.firstIndex(of: UInt8(ascii: "?"))
        let beforeQuery = beforeFragment[0..<(query ?? beforeFragment.count)]
        let slash = beforeQuery.firstIndex(of: UInt8(ascii: "/")) ?? beforeQuery.count
        var authority = beforeQuery[0..<slash]
        let at = authority.firstIndex(of: UInt8(ascii: "@"))
        if let at { authority = authority[(at + 1)..<authority.count] }
        if authority.firstIndex(of: UInt8(ascii: "@")) != nil {
            return .failure(Malformed(message: "has more than one @ in its authority"))
        }
        switch hostAndPort(authority) {
        case .failure(let fault): return .failure(fault)
        case .success(let host):
            return .success(
                RedirectURI(
                    scheme: scheme,
                    userInfo: at != nil,
                    host: host,
                    path: beforeQuery[slash..<beforeQuery.count],
                    hasFragment: fragment != nil
                )
            )
        }
    }

    private static func hostAndPort(_ authority: ByteSlice) -> Result<String, Malformed> {
        var host = authority
        var port = authority[authority.count..<authority.count]
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: UInt8(ascii: "]")) else {
                return .failure(Malformed(message: "has an unclosed [ in its host"))
            }
            host = authority[1..<end]
            port = authority[(end + 1)..<authority.count]
            guard LocalHost.isIPv6(host) else { return .failure(Malformed(message: "has a broken IPv6 host")) }
        } else if let colon = authority.firstIndex(of: UInt8(ascii: ":")) {
            host = authority[0..<colon]
            port = authority[colon..<authority.count]
        }
        guard !host.isEmpty else { return .failure(Malformed(message: "has no host")) }
        guard isPort(port) else { return .failure(Malformed(message: "has a broken port")) }
        let isBracketed = authority.hasPrefix("[")
        guard isBracketed || isRegisteredName(host) else {
            return .failure(Malformed(message: "has a broken host name"))
        }
        return .success(host.string.lowercased())
    }

    private static func isPort(_ text: ByteSlice) -> Bool {
        if text.isEmpty { return true }
        guard text[0] == UInt8(ascii: ":"), text.count <= 6 else { return false }
        guard let number = Int(text[1..<text.count].string), number > 0, number < 65_536 else { return false }
        return text[1] != UInt8(ascii: "+")
    }

    /// Host names of registrations are plain: letters, digits, hyphens and dots, labels not empty.
    private static func isRegisteredName(_ host: ByteSlice) -> Bool {
        var previous = UInt8(ascii: ".")
        for index in 0..<host.count {
            let byte = host[index]
            let isDot = byte == UInt8(ascii: ".")
            guard
                Words.isAlphanumeric(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
                    || byte == UInt8(ascii: "*") || isDot
            else { return false }
            if isDot, previous == UInt8(ascii: ".") { return false }
            previous = byte
        }
        return host.count <= 253
    }

    private static func isScheme(_ text: ByteSlice) -> Bool {
        guard (0x41...0x5A).contains(text[0]) || (0x61...0x7A).contains(text[0]) else { return false }
        for index in 0..<text.count {
            let byte = text[index]
            guard Words.isAlphanumeric(byte) || [0x2B, 0x2D, 0x2E].contains(byte) else { return false }
        }
        return true
    }

    /// The first byte that RFC 3986 allows nowhere in a URI.
    private static func firstForeign(in text: ByteSlice) -> Int? {
        for index in 0..<text.count {
            switch text[index] {
            case 0x21, 0x23...0x3B, 0x3D, 0x3F...0x5B, 0x5D, 0x5F, 0x61...0x7A, 0x7E: continue
            default: return index
            }
        }
        return nil
    }

    private static func firstBrokenEscape(in text: ByteSlice) -> Int? {
        var from = 0
        while from < text.count, let percent = text.firstIndex(of: UInt8(ascii: "%"), from: from) {
            guard percent + 2 < text.count, Hex.value(of: text[percent + 1]) != nil,
                Hex.value(of: text[percent + 2]) != nil
            else {
                return percent
            }
            from = percent + 3
        }
        return nil
    }
}
