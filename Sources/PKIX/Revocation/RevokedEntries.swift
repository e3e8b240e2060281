import Encoding

/// The walk over the revokedCertificates of a list (RFC 5280 §5.1.2.6, §5.3).
struct RevokedEntries {
    private(set) var entries: [(serial: SerialNumber, revokedAt: UnixTime, reason: RevocationReason)] = []
    private(set) var oddEntries = 0
    /// Whether entries may take certificates off a list again, as those of a delta may.
    private let isDelta: Bool

    init(isDelta: Bool) { self.isDelta = isDelta }

    mutating func read(_ start: DERReader) throws(RevocationFault) {
        var reader = start
        if reader.isAtEnd { throw .der(.truncated(at: reader.position)) }
        entries.reserveCapacity((reader.end - reader.position) / 35)
        while !reader.isAtEnd { try readEntry(&reader) }
    }

    private mutating func readEntry(_ reader: inout DERReader) throws(RevocationFault) {
        let (serial, revokedAt): (Range<Int>, UnixTime)
        let extensions: DERReader?
        do throws(DERFault) {
            var entry = try reader.sequence()
            serial = try DERValue.integer(try entry.next(DERTag.integer), in: entry)
            revokedAt = try DERTime.decode(try entry.next(), in: entry)
            extensions = entry.isAtEnd ? nil : try entry.sequence()
            try entry.finish()
        } catch { throw .der(error) }
        let reason = try extensions.map(reason) ?? .unspecified
        guard let number = SerialNumber(reader.bytes, serial) else {
            oddEntries += 1
            return
        }
        entries.append((number, revokedAt, reason))
    }

    private func reason(_ start: DERReader) throws(RevocationFault) -> RevocationReason {
        var (reader, reason): (DERReader, RevocationReason) = (start, .unspecified)
        while !reader.isAtEnd {
            let item: ExtensionItem
            do throws(DERFault) { item = try ExtensionItem.decode(&reader) } catch { throw .der(error) }
            switch item.type {
            case .reasonCode: reason = try code(item, in: reader)
            case .certificateIssuer: throw .indirect
            case .invalidityDate: break
            default: if item.isCritical { throw .unknownCriticalEntry(item.oid) }
            }
        }
        return reason
    }

    private func code(_ item: ExtensionItem, in reader: DERReader) throws(RevocationFault) -> RevocationReason {
        var content = reader.inside(item.content)
        do throws(DERFault) {
            let value = try DERValue.small(try content.next(DERTag.enumerated), in: content, upTo: 10)
            try content.finish()
            guard let reason = RevocationReason(rawValue: UInt8(value)), isDelta || reason != .removeFromList else {
                throw .integer(at: item.content.start)
            }
            return reason
        } catch { throw .malformedExtension(item.oid) }
    }
}
