import Encoding

/// An IPv6 address of a URI, without brackets and zone (RFC 3986 section 3.2.2).
struct IPv6Address {
    /// Eight groups, the first the most significant.
    let groups: [UInt16]

    init?(_ text: ByteSlice) {
        var reader = Reader(text: text)
        guard let groups = reader.read() else { return nil }
        self.groups = groups
    }

    private struct Reader {
        let text: ByteSlice
        var index = 0
        var groups: [UInt16] = []
        var gap: Int?

        init(text: ByteSlice) { self.text = text }

        mutating func read() -> [UInt16]? {
            if text.hasPrefix("::") {
                gap = 0
                index = 2
            }
            while index < text.count { guard takeGroup() else { return nil } }
            guard let gap else { return groups.count == 8 ? groups : nil }
            guard groups.count < 8 else { return nil }
            return groups[..<gap] + Array(repeating: 0, count: 8 - groups.count) + groups[gap...]
        }

        /// Takes one group, or the dotted address at the end, and the colon or colons behind it.
        private mutating func takeGroup() -> Bool {
            let end = text.firstIndex(of: UInt8(ascii: ":"), from: index) ?? text.count
            let piece = text[index..<end]
            if end == text.count, piece.contains({ $0 == UInt8(ascii: ".") }) {
                guard IPv4Address.isDottedDecimal(piece), let address = IPv4Address.read(piece) else { return false }
                groups += [UInt16(address >> 16), UInt16(truncatingIfNeeded: address)]
                index = end
                return groups.count <= 8
            }
            guard let group = Self.group(piece), groups.count < 8 else { return false }
            groups.append(group)
            index = end
            return index == text.count || takeColons()
        }

        private mutating func takeColons() -> Bool {
            index += 1
            guard index < text.count else { return false }
            guard text[index] == UInt8(ascii: ":") else { return true }
            guard gap == nil else { return false }
            gap = groups.count
            index += 1
            return true
        }

        private static func group(_ piece: ByteSlice) -> UInt16? {
            guard (1...4).contains(piece.count) else { return nil }
            var group: UInt16 = 0
            for index in 0..<piece.count {
                guard let digit = Hex.value(of: piece[index]) else { return nil }
                group = group << 4 | UInt16(digit)
            }
            return group
        }
    }
}
