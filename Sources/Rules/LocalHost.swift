import Encoding

/// Hosts a redirect must never lead to: this machine, the local network, addresses that mean nothing (rule R-104).
enum LocalHost {
    /// True for `localhost`, its subdomains, and literal addresses that are not public; `host` in lower case without brackets.
    static func isLocal(_ host: String) -> Bool {
        let name = host.hasSuffix(".") ? String(host.dropLast()) : host
        if name == "localhost" || name.hasSuffix(".localhost") || name == "localhost.localdomain" { return true }
        if let address = ipv4(name) { return isLocal(address) }
        guard name.utf8.contains(UInt8(ascii: ":")), let groups = ipv6(name) else { return false }
        if groups.dropLast().allSatisfy({ $0 == 0 }) { return true }  // :: and ::1
        if groups[0] & 0xFE00 == 0xFC00 || groups[0] & 0xFFC0 == 0xFE80 || groups[0] & 0xFF00 == 0xFF00 { return true }
        let isMapped = groups[..<5].allSatisfy { $0 == 0 } && (groups[5] == 0xFFFF || groups[5] == 0)
        return isMapped && isLocal(UInt32(groups[6]) << 16 | UInt32(groups[7]))
    }

    static func isIPv6(_ text: ByteSlice) -> Bool { ipv6(text.string.lowercased()) != nil }

    private static func isLocal(_ address: UInt32) -> Bool {
        let first = address >> 24
        switch first {
        case 0, 10, 127, 224...255: return true
        case 100: return address >> 22 == 0x64 << 2 | 1  // 100.64.0.0/10
        case 169: return address >> 16 & 0xFF == 254
        case 172: return (16...31).contains(address >> 16 & 0xFF)
        case 192: return address >> 16 & 0xFF == 168
        default: return false
        }
    }

    /// Reads dotted decimal, and the shorter, octal and hexadecimal spellings that resolvers take for addresses.
    private static func ipv4(_ name: String) -> UInt32? {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...4).contains(parts.count) else { return nil }
        var numbers: [UInt64] = []
        for part in parts {
            guard let number = number(part) else { return nil }
            numbers.append(number)
        }
        var address: UInt64 = 0
        for number in numbers.dropLast() {
            guard number < 256 else { return nil }
            address = address << 8 | number
        }
        let bits = UInt64(8 * (5 - numbers.count))
        guard let last = numbers.last, last < 1 << bits else { return nil }
        return UInt32(truncatingIfNeeded: address << bits | last)
    }

    private static func number(_ part: Substring) -> UInt64? {
        guard !part.isEmpty, part.utf8.count <= 12 else { return nil }
        if part.hasPrefix("0x") { return UInt64(part.dropFirst(2), radix: 16) }
        guard part.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return part.hasPrefix("0") && part.utf8.count > 1 ? UInt64(part, radix: 8) : UInt64(part)
    }

    private static func ipv6(_ name: String) -> [UInt16]? {
        let halves = name.split(separator: "::", maxSplits: 2, omittingEmptySubsequences: false)
        guard halves.count <= 2, let head = groups(halves[0]) else { return nil }
        guard halves.count == 2 else { return head.count == 8 ? head : nil }
        guard let tail = groups(halves[1]), head.count + tail.count < 8 else { return nil }
        return head + Array(repeating: 0, count: 8 - head.count - tail.count) + tail
    }

    private static func groups(_ text: Substring) -> [UInt16]? {
        if text.isEmpty { return [] }
        var found: [UInt16] = []
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            if index == parts.count - 1, part.contains("."), part.split(separator: ".").count == 4,
                let address = ipv4(String(part))
            {
                found += [UInt16(address >> 16), UInt16(truncatingIfNeeded: address)]
            } else {
                guard (1...4).contains(part.utf8.count), let group = UInt16(part, radix: 16) else { return nil }
                found.append(group)
            }
        }
        return found
    }
}
