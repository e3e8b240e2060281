import Encoding

/// Hosts a redirect must never lead to: this machine, the local network, addresses that mean nothing (rule R-104).
enum LocalHost {
    /// True for `localhost` and its like, what is below them, and literal IPv4 addresses that are not public.
    static func isLocal(name host: ByteSlice) -> Bool {
        let name = withoutTrailingDot(host)
        if ends(name, "localhost") || ends(name, "local") || ends(name, "localdomain") || ends(name, "localhost6")
            || ends(name, "localdomain6") || ends(name, "ip6-localhost") || ends(name, "ip6-loopback")
        {
            return true
        }
        return IPv4Address.read(name).map { isLocal($0) } ?? false
    }

    /// True for literal IPv6 addresses that are not public, also those that carry an IPv4 address that is not.
    static func isLocal(ipv6 host: ByteSlice) -> Bool {
        guard let groups = IPv6Address(host)?.groups else { return false }
        if groups.dropLast().allSatisfy({ $0 == 0 }) { return true }  // :: and ::1
        switch groups[0] {
        case 0xFC00...0xFDFF, 0xFE80...0xFEFF, 0xFF00...0xFFFF: return true  // unique, link- and site-local, multicast
        case 0x0100: return groups[1...3].allSatisfy { $0 == 0 }  // discard-only
        case 0x2001: return groups[1] == 0x0DB8  // documentation
        case 0x2002: return isLocal(address(groups, 1))  // 6to4
        case 0x0064 where groups[1] == 0xFF9B: return groups[2] == 1 || isLocal(address(groups, 6))  // NAT64
        case 0: return isEmbedded(groups) && isLocal(address(groups, 6))
        default: return false
        }
    }

    /// The name without the dot of the root.
    static func withoutTrailingDot(_ host: ByteSlice) -> ByteSlice {
        host.count > 1 && host[host.count - 1] == UInt8(ascii: ".") ? host[0..<(host.count - 1)] : host
    }

    /// True where `suffix` is the name or its last labels.
    private static func ends(_ name: ByteSlice, _ suffix: StaticString) -> Bool {
        let start = name.count - suffix.utf8CodeUnitCount
        guard start >= 0, name[start..<name.count].equalsIgnoringASCIICase(suffix) else { return false }
        return start == 0 || name[start - 1] == UInt8(ascii: ".")
    }

    /// `::a.b.c.d`, `::ffff:a.b.c.d` and `::ffff:0:a.b.c.d`.
    private static func isEmbedded(_ groups: [UInt16]) -> Bool {
        guard groups[..<4].allSatisfy({ $0 == 0 }) else { return false }
        switch (groups[4], groups[5]) {
        case (0, 0), (0, 0xFFFF), (0xFFFF, 0): return true
        default: return false
        }
    }

    private static func address(_ groups: [UInt16], _ at: Int) -> UInt32 {
        UInt32(groups[at]) << 16 | UInt32(groups[at + 1])
    }

    /// What IANA's registry of special-purpose addresses does not call globally reachable.
    private static func isLocal(_ address: UInt32) -> Bool {
        switch address >> 24 {
        case 0, 10, 127, 224...255: return true
        case 100: return address >> 22 == 0x64 << 2 | 1  // 100.64.0.0/10
        case 169: return address >> 16 & 0xFF == 254
        case 172: return (16...31).contains(address >> 16 & 0xFF)
        case 192: return address >> 16 & 0xFF == 168 || [0xC00000, 0xC00002].contains(address >> 8)
        case 198: return [18, 19].contains(address >> 16 & 0xFF) || address >> 8 == 0xC63364
        case 203: return address >> 8 == 0xCB0071
        default: return false
        }
    }
}
