/// Object identifiers as dotted text, the form in which this module names them.
///
/// Those of a certificate are few, so that the usual ones cost a comparison and no memory.
package enum ObjectIdentifierText {
    /// Longest encoded identifier read; the longest in use here has 13 octets.
    package static let byteLimit = 64

    /// The dotted text of the content octets at `range` of `bytes`, nil when they are no identifier (X.690 §8.19).
    package static func dotted(_ bytes: [UInt8], _ range: Range<Int>) -> String? {
        if range.count == 3, bytes[range.lowerBound] == 0x55 {
            let arc = bytes[range.lowerBound + 2]
            switch bytes[range.lowerBound + 1] {
            case 0x04 where arc < 100: return attributes[Int(arc)]
            case 0x1D where arc < 100: return extensions[Int(arc)]
            default: break
            }
        }
        guard !range.isEmpty else { return nil }
        let last = bytes[range.upperBound - 1]
        for known in frequent[bucket(last, range.count)] where matches(bytes, range, known.encoded) {
            return known.text
        }
        return spelled(bytes, range)
    }

    /// The content octets of dotted text, nil when it is not one; for building and comparing.
    package static func encoded(_ text: String) -> [UInt8]? {
        var arcs: [UInt64] = []
        var current: UInt64?
        var digits = 0
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                guard digits < 18, current != 0 else { return nil }
                current = (current ?? 0) * 10 + UInt64(byte - UInt8(ascii: "0"))
                digits += 1
            case UInt8(ascii: "."):
                guard let arc = current else { return nil }
                arcs.append(arc)
                current = nil
                digits = 0
            default: return nil
            }
        }
        guard let last = current else { return nil }
        arcs.append(last)
        guard arcs.count >= 2, arcs.count <= 32, arcs[0] <= 2, arcs[0] == 2 || arcs[1] < 40 else { return nil }
        var octets: [UInt8] = []
        append(arcs[0] * 40 + arcs[1], to: &octets)
        for arc in arcs.dropFirst(2) { append(arc, to: &octets) }
        return octets.count <= byteLimit ? octets : nil
    }

    private static func append(_ arc: UInt64, to octets: inout [UInt8]) {
        var shift = 0
        while arc >> UInt64(shift + 7) != 0 { shift += 7 }
        while shift > 0 {
            octets.append(UInt8(truncatingIfNeeded: arc >> UInt64(shift)) | 0x80)
            shift -= 7
        }
        octets.append(UInt8(truncatingIfNeeded: arc) & 0x7F)
    }

    private static func spelled(_ bytes: [UInt8], _ range: Range<Int>) -> String? {
        guard !range.isEmpty, range.count <= byteLimit, bytes[range.upperBound - 1] & 0x80 == 0 else { return nil }
        var text = ""
        var arc: UInt64 = 0
        var arcIsNew = true
        for index in range {
            let byte = bytes[index]
            guard !(arcIsNew && byte == 0x80), arc >> 56 == 0 else { return nil }
            arc = arc << 7 | UInt64(byte & 0x7F)
            arcIsNew = byte & 0x80 == 0
            guard arcIsNew else { continue }
            if text.isEmpty {
                let root = min(arc / 40, 2)
                text = "\(root).\(arc - root * 40)"
            } else {
                text += ".\(arc)"
            }
            arc = 0
        }
        return text
    }

    private static func matches(_ bytes: [UInt8], _ range: Range<Int>, _ encoded: [UInt8]) -> Bool {
        guard range.count == encoded.count, bytes[range.upperBound - 1] == encoded[encoded.count - 1] else {
            return false
        }
        for offset in 0..<encoded.count where bytes[range.lowerBound + offset] != encoded[offset] { return false }
        return true
    }

    private static let attributes = (0..<100).map { "2.5.4.\($0)" }
    private static let extensions = (0..<100).map { "2.5.29.\($0)" }
    /// The usual identifiers outside those two arcs, in buckets by last octet and length.
    private static let frequent: [[(encoded: [UInt8], text: String)]] = {
        let texts =
            [
                OID.sha256WithRSA, OID.rsaEncryption, OID.clientAuth, OID.serverAuth, OID.authorityInformation,
                OID.qcStatements, OID.documentSigning, OID.psd2, OID.qcType, OID.qcCompliance, OID.ecPublicKey,
                OID.p256,
                OID.ecdsaWithSHA256, OID.domainComponent, OID.qcTypeESign, OID.qcTypeESeal, OID.qcTypeWeb,
            ] + PSD2Role.allCases.map(\.rawValue)
        var buckets = [[(encoded: [UInt8], text: String)]](repeating: [], count: 32)
        for text in texts {
            guard let encoded = encoded(text), let last = encoded.last else { continue }
            buckets[bucket(last, encoded.count)].append((encoded, text))
        }
        return buckets
    }()

    private static func bucket(_ last: UInt8, _ count: Int) -> Int { (Int(last) ^ count << 2) & 31 }
}
