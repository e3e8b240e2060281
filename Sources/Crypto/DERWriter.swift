package import Encoding

/// Writes DER (X.690 §10), innermost value first: each function returns a complete element.
///
/// Nothing is checked beyond lengths: the templates use it to write wrong certificates too.
package enum DERWriter {
    /// Returns an element with `tag` around `content`.
    package static func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        var bytes = [tag]
        bytes.reserveCapacity(content.count + 6)
        if content.count < 128 {
            bytes.append(UInt8(content.count))
        } else {
            var length: [UInt8] = []
            var rest = content.count
            while rest > 0 {
                length.insert(UInt8(truncatingIfNeeded: rest), at: 0)
                rest >>= 8
            }
            bytes.append(0x80 | UInt8(length.count))
            bytes += length
        }
        return bytes + content
    }

    /// Returns a SEQUENCE of `parts`.
    package static func sequence(_ parts: [[UInt8]]) -> [UInt8] { element(0x30, Array(parts.joined())) }

    /// Returns a SET OF `parts`, in DER order.
    package static func set(_ parts: [[UInt8]]) -> [UInt8] {
        element(0x31, Array(parts.sorted { $0.lexicographicallyPrecedes($1) }.joined()))
    }

    /// Returns a non-negative INTEGER given by its bytes, most significant first; leading zeros are put right.
    package static func integer(_ magnitude: [UInt8]) -> [UInt8] {
        var content = Array(magnitude.drop { $0 == 0 })
        if content.first.map({ $0 >= 0x80 }) ?? true { content.insert(0, at: 0) }
        return element(0x02, content)
    }

    /// Returns a non-negative INTEGER.
    package static func integer(_ value: UInt64) -> [UInt8] {
        integer(stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: value >> UInt64($0)) })
    }

    /// Returns an OBJECT IDENTIFIER given in dotted form.
    package static func objectIdentifier(_ dotted: String) throws(TemplateFault) -> [UInt8] {
        let arcs = dotted.split(separator: ".", omittingEmptySubsequences: false).map { UInt64($0) ?? .max }
        guard arcs.count >= 2, arcs[0] <= 2, arcs[1] < (arcs[0] == 2 ? 1000 : 40), !arcs.contains(.max) else {
            throw .objectIdentifier(dotted)
        }
        var content: [UInt8] = []
        for arc in [arcs[0] * 40 + arcs[1]] + arcs.dropFirst(2) {
            var septets = [UInt8(arc & 0x7F)]
            var rest = arc >> 7
            while rest > 0 {
                septets.insert(UInt8(rest & 0x7F) | 0x80, at: 0)
                rest >>= 7
            }
            content += septets
        }
        return element(0x06, content)
    }

    /// Returns a Time: UTCTime through 2049, GeneralizedTime after (RFC 5280 §4.1.2.5).
    package static func time(_ time: UnixTime) throws(TemplateFault) -> [UInt8] {
        guard (-631_152_000...253_402_300_799).contains(time) else { throw .time(time) }
        let digits = Timestamp.rfc3339(time).utf8.filter { $0 >= 0x30 && $0 <= 0x39 }
        let isShort = time < 2_524_608_000
        return element(isShort ? 0x17 : 0x18, (isShort ? Array(digits.dropFirst(2)) : digits) + [0x5A])
    }

    /// Returns a BIT STRING of whole bytes.
    package static func bitString(_ bytes: [UInt8]) -> [UInt8] { element(0x03, [0] + bytes) }

    /// Returns an OCTET STRING.
    package static func octetString(_ bytes: [UInt8]) -> [UInt8] { element(0x04, bytes) }

    /// Returns a UTF8String.
    package static func utf8String(_ text: String) -> [UInt8] { element(0x0C, Array(text.utf8)) }

    /// A BOOLEAN that is true; false is the default wherever we write one, and left out.
    package static let yes: [UInt8] = [0x01, 0x01, 0xFF]

    /// A NULL.
    package static let null: [UInt8] = [0x05, 0x00]
}
