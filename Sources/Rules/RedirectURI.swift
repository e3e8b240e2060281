import Encoding

/// A redirect URI taken apart by RFC 3986, as far as the rules ask; the text itself is compared byte by byte elsewhere.
///
/// What is to be known of it, without its text: taking one apart allocates nothing, and a copy counts no reference.
struct RedirectURI {
    struct Malformed: Error, Equatable {
        let message: String
    }

    /// Where in the text the host is: in its letter case, IPv6 without its brackets.
    let hostPlace: Range<Int>
    let isHTTPS: Bool
    /// True for a host that never leaves the machine or the local network.
    let isLocal: Bool
    let userInfo: Bool
    let hasFragment: Bool
    /// True where the path holds `.` or `..` segments, their dots and slashes percent-encoded or not.
    let hasDotSegments: Bool

    private static func hasDotSegments(_ path: ByteSlice) -> Bool {
        var dots = 0
        var isOnlyDots = true
        var index = 0
        while index < path.count {
            let (byte, width) = decoded(path, at: index)
            index += width
            switch byte {
            case UInt8(ascii: "/"), UInt8(ascii: "\\"):
                if isOnlyDots, dots == 1 || dots == 2 { return true }
                (dots, isOnlyDots) = (0, true)
            case UInt8(ascii: "."): dots += 1
            default: isOnlyDots = false
            }
        }
        return isOnlyDots && (dots == 1 || dots == 2)
    }

    /// The byte of the path that begins at `index`, and how many bytes spell it.
    private static func decoded(_ path: ByteSlice, at index: Int) -> (byte: UInt8, width: Int) {
        guard path[index] == UInt8(ascii: "%"), index + 2 < path.count, let high = Hex.value(of: path[index + 1]),
            let low = Hex.value(of: path[index + 2])
        else { return (path[index], 1) }
        return (high << 4 | low, 3)
    }

    /// Takes `text` apart; nil for what ``parse(_:)`` finds malformed.
    static func read(_ text: ByteSlice) -> RedirectURI? {
        guard case .success(let uri) = parse(text) else { return nil }
        return uri
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
        return hierarchical(text, schemeEnd: colon)
    }

    /// Goes on behind the scheme and its `://`.
    private static func hierarchical(_ whole: ByteSlice, schemeEnd: Int) -> Result<RedirectURI, Malformed> {
        let text = whole[(schemeEnd + 3)..<whole.count]
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
        // RFC 3986 allows [ and ] around an address and nowhere else.
        guard brackets(text) == brackets(authority) else {
            return .failure(Malformed(message: "has a square bracket outside its host"))
        }
        return HostAndPort.parse(authority).map { place in
            let hostStart = place.host.start - whole.start
            return RedirectURI(
                hostPlace: hostStart..<(hostStart + place.host.count),
                isHTTPS: whole[0..<schemeEnd].equalsIgnoringASCIICase("https"),
                isLocal: place.isIPv6 ? LocalHost.isLocal(ipv6: place.host) : LocalHost.isLocal(name: place.host),
                userInfo: at != nil,
                hasFragment: fragment != nil,
                hasDotSegments: hasDotSegments(beforeQuery[slash..<beforeQuery.count])
            )
        }
    }

    private static func brackets(_ text: ByteSlice) -> Int {
        guard text.firstIndex(of: UInt8(ascii: "[")) != nil || text.firstIndex(of: UInt8(ascii: "]")) != nil else {
            return 0
        }
        var count = 0
        for index in 0..<text.count where text[index] == UInt8(ascii: "[") || text[index] == UInt8(ascii: "]") {
            count += 1
        }
        return count
    }

    private static func isScheme(_ text: ByteSlice) -> Bool {
        guard Words.isLetter(text[0]) else { return false }
        return !text.contains { byte in
            switch byte {
            case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."): false
            default: !Words.isAlphanumeric(byte)
            }
        }
    }

    /// The first byte that RFC 3986 allows nowhere in a URI.
    private static func firstForeign(in text: ByteSlice) -> Int? {
        text.firstIndex { byte in
            switch byte {
            case 0x21, 0x23...0x3B, 0x3D, 0x3F...0x5B, 0x5D, 0x5F, 0x61...0x7A, 0x7E: false
            default: true
            }
        }
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
