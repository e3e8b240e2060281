import Glibc

/// An IP address and the kind of network it belongs to (IANA special-purpose registries, RFC 6890).
package struct PeerAddress: Sendable, Equatable {
    /// What an address is for, as far as a fetch cares.
    package enum Kind: String, Sendable {
        case global
        case privateNetwork
        case loopback
        /// Link-local, multicast, mapped, documentation, reserved, unspecified: no keystore lives there, ever.
        case other
    }

    /// 4 or 16 bytes in network order.
    package let bytes: [UInt8]

    package init?(bytes: [UInt8]) {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    /// True when a host of this reach may be contacted here.
    package func isWithin(_ reach: HostRule.Reach) -> Bool {
        switch kind {
        case .global: true
        case .privateNetwork: reach == .private || reach == .loopback
        case .loopback: reach == .loopback
        case .other: false
        }
    }

    package var kind: Kind { bytes.count == 4 ? Self.kind4(bytes[...]) : kind6 }

    private var kind6: Kind {
        if bytes.dropLast().allSatisfy({ $0 == 0 }), bytes[15] == 1 { return .loopback }
        if bytes[0] & 0xFE == 0xFC { return .privateNetwork }
        // 64:ff9b::/96 (NAT64) and 2002::/16 (6to4) carry an IPv4 address, which decides.
        if bytes.starts(with: [0x00, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0]) { return Self.carried(bytes[12..<16]) }
        if bytes.starts(with: [0x20, 0x02]) { return Self.carried(bytes[2..<6]) }
        guard bytes[0] & 0xE0 == 0x20 else { return .other }
        // 2001::/23 (Teredo, ORCHID, benchmarking), 2001:db8::/32 and 3fff::/20 (documentation).
        if bytes.starts(with: [0x20, 0x01]), bytes[2] & 0xFE == 0 { return .other }
        if bytes.starts(with: [0x20, 0x01, 0x0D, 0xB8]) { return .other }
        if bytes.starts(with: [0x3F, 0xFF]), bytes[2] & 0xF0 == 0 { return .other }
        return .global
    }

    /// A tunnel to anything but a global address is a way around the rules.
    private static func carried(_ bytes: ArraySlice<UInt8>) -> Kind { kind4(bytes) == .global ? .global : .other }

    private static func kind4(_ bytes: ArraySlice<UInt8>) -> Kind {
        let address = bytes.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        return networks4.first { address >> (32 - $0.bits) == $0.network >> (32 - $0.bits) }?.kind ?? .global
    }

    private static let networks4: [(network: UInt32, bits: UInt32, kind: Kind)] = [
        (0x7F00_0000, 8, .loopback),
        (0x0A00_0000, 8, .privateNetwork),
        (0xAC10_0000, 12, .privateNetwork),
        (0xC0A8_0000, 16, .privateNetwork),
        (0x6440_0000, 10, .privateNetwork),
        (0x0000_0000, 8, .other),
        (0xA9FE_0000, 16, .other),
        (0xC000_0000, 24, .other),
        (0xC000_0200, 24, .other),
        (0xC058_6300, 24, .other),
        (0xC612_0000, 15, .other),
        (0xC633_6400, 24, .other),
        (0xCB00_7100, 24, .other),
        (0xE000_0000, 4, .other),
        (0xF000_0000, 4, .other),
    ]
}

extension PeerAddress: CustomStringConvertible {
    /// The usual text form: dotted for IPv4, eight groups for IPv6.
    package var description: String {
        guard bytes.count == 16 else { return bytes.map { "\($0)" }.joined(separator: ".") }
        let groups = stride(from: 0, to: 16, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
        return groups.map { String($0, radix: 16) }.joined(separator: ":")
    }
}

extension PeerAddress {
    /// Reads a socket address of `length` bytes; nil for anything but IPv4 and IPv6.
    @unsafe init?(socketAddress: UnsafeRawPointer, family: Int32, length: Int) {
        let offset: Int
        let count: Int
        switch family {
        case AF_INET: (offset, count) = (4, 4)  // sockaddr_in: family, port, address
        case AF_INET6: (offset, count) = (8, 16)  // sockaddr_in6: family, port, flow, address
        default: return nil
        }
        guard length >= offset + count else { return nil }
        let bytes = unsafe UnsafeRawBufferPointer(start: socketAddress + offset, count: count)
        unsafe self.init(bytes: Array(bytes))
    }
}
