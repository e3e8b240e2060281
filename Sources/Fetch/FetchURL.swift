/// A URL read strictly, so that what was checked is what is fetched.
///
/// Narrower than RFC 3986 on purpose: visible ASCII only, no user information, no fragment, no address in brackets, no
/// dot segments (plain or percent-encoded), no backslash. libcurl gets the very same text.
package struct FetchURL: Sendable, Equatable {
    /// The two schemes there are.
    package enum Scheme: String, Sendable {
        case https
        case http

        /// The port used when the URL names none.
        package var defaultPort: Int { self == .https ? 443 : 80 }
    }

    package let text: String
    package let scheme: Scheme
    /// In lower case.
    package let host: String
    package let port: Int
    /// From the first `/` to the query or the end.
    package let path: String
    package let hasQuery: Bool

    package static let byteLimit = 2048

    package init(_ text: String) throws(FetchFailure) {
        let bytes = Array(text.utf8)
        guard bytes.count <= Self.byteLimit else { throw .url("is longer than \(Self.byteLimit) bytes") }
        guard bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !Self.refused.contains($0) }) else {
            throw .url("holds a character that must be percent-encoded")
        }
        guard let colon = text.range(ofFirst: "://") else { throw .url("has no scheme") }
        let name = String(text[..<colon.lowerBound])
        guard let scheme = Scheme(rawValue: name) else { throw .scheme(String(name.prefix(16))) }

        let rest = text[colon.upperBound...]
        let authorityEnd = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
        let authority = rest[..<authorityEnd]
        guard !authority.contains("@") else { throw .url("holds user information") }
        let (host, port) = try Self.split(authority, scheme)

        let target = rest[authorityEnd...]
        let query = target.firstIndex(of: "?")
        let path = target[..<(query ?? target.endIndex)]
        guard path.isEmpty || path.first == "/" else { throw .url("has no path") }
        guard !path.split(separator: "/").contains(where: Self.isDotSegment) else { throw .url("holds a dot segment") }

        self.text = text
        self.scheme = scheme
        self.host = host
        self.port = port
        self.path = path.isEmpty ? "/" : String(path)
        hasQuery = query != nil
    }

    /// Characters libcurl or a server might read in another way than we do.
    private static let refused = Set("\"#<>[\\]^`{|}".utf8)

    private static func split(_ authority: Substring, _ scheme: Scheme) throws(FetchFailure) -> (String, Int) {
        let parts = authority.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, !first.isEmpty, first.utf8.count <= 253 else { throw .url("has no host") }
        let host = first.lowercased()
        let isName = host.utf8.allSatisfy { byte in
            (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D || byte == 0x2E
        }
        guard isName, !host.hasPrefix("."), !host.hasSuffix("."), !host.contains("..") else {
            throw .url("has a host that is not a plain name")
        }
        guard parts.count == 2 else { return (host, scheme.defaultPort) }
        let digits = parts[1]
        guard (1...5).contains(digits.utf8.count), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            digits.first != "0", let port = Int(digits), port <= 65_535
        else { throw .url("has a port that is not a number from 1 to 65535") }
        return (host, port)
    }

    private static func isDotSegment(_ segment: Substring) -> Bool {
        let plain = segment.lowercased()
        var dots = 0
        var rest = plain[...]
        while !rest.isEmpty {
            if rest.hasPrefix(".") {
                rest = rest.dropFirst()
            } else if rest.hasPrefix("%2e") {
                rest = rest.dropFirst(3)
            } else {
                return false
            }
            dots += 1
        }
        return dots == 1 || dots == 2
    }
}

extension String {
    /// The first place `other` stands at, by characters.
    fileprivate func range(ofFirst other: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(other) {
                return start..<index(start, offsetBy: other.count)
            }
            start = index(after: start)
        }
        return nil
    }
}
