import Crypto
import Encoding

/// The walk over a CertificateList (RFC 5280 §5.1).
struct RevocationListDecoder {
    private let whole: DERReader
    private var signed = 0..<0
    private var innerAlgorithm = 0..<0
    private var outerAlgorithm = 0..<0
    private var signature = 0..<0
    private var issuer: DERElement?
    private var thisUpdate: UnixTime = 0
    private var nextUpdate: UnixTime?
    private var revoked: DERReader?
    private var extensions: DERReader?
    private var authorityKeyIdentifier: Range<Int>?
    private var number: SerialNumber?
    private var scope = RevocationScope()
    private var base: SerialNumber?
    private let settings: RevocationSettings

    init(_ der: [UInt8], settings: RevocationSettings) {
        whole = DERReader(der)
        self.settings = settings
    }

    mutating func decode() throws(RevocationFault) -> RevocationList {
        let version: Int?
        do throws(DERFault) { version = try walk() } catch { throw .der(error) }
        guard version == 2 else { throw .version }
        guard whole.bytes[innerAlgorithm].elementsEqual(whole.bytes[outerAlgorithm]) else { throw .algorithmMismatch }
        guard let nextUpdate else { throw .nextUpdateMissing }
        guard thisUpdate <= nextUpdate else { throw .validityReversed }
        if let extensions { try read(extensions) }
        guard let number else { throw .numberMissing }
        guard let issuer else { throw .der(.truncated(at: 0)) }
        let name: DistinguishedName
        do throws(DNFault) { name = try DistinguishedName(issuer, in: whole) } catch { throw .name(error) }
        guard !name.isEmpty else { throw .name(.empty) }
        var entries = RevokedEntries(isDelta: base != nil)
        if let revoked { try entries.read(revoked) }
        return RevocationList(
            fingerprint: .of(whole.bytes),
            issuer: name,
            issuerDER: whole.copy(issuer.whole),
            authorityKeyIdentifier: authorityKeyIdentifier.map(whole.copy),
            number: number,
            thisUpdate: thisUpdate,
            nextUpdate: nextUpdate,
            scope: scope,
            base: base,
            serials: RevokedSerials(entries.entries),
            oddEntries: entries.oddEntries,
            signedBytes: whole.copy(signed),
            signature: whole.copy(signature),
            algorithmIdentifier: whole.copy(outerAlgorithm)
        )
    }

    /// Reads the skeleton and returns the version, nil when none is stated.
    private mutating func walk() throws(DERFault) -> Int? {
        var reader = whole
        var list = try reader.sequence()
        try reader.finish()
        let body = try list.next(DERTag.sequence)
        signed = body.whole
        outerAlgorithm = try list.next(DERTag.sequence).whole
        signature = try DERValue.octets(ofBits: try list.next(DERTag.bitString), in: whole)
        try list.finish()
        var fields = whole.inside(body)
        var version: Int?
        if let stated = try fields.optional(DERTag.integer) {
            version = try DERValue.small(stated, in: whole, upTo: 1) + 1
        }
        innerAlgorithm = try fields.next(DERTag.sequence).whole
        issuer = try fields.next(DERTag.sequence)
        thisUpdate = try DERTime.decode(try fields.next(), in: whole)
        if fields.nextTag == DERTag.utcTime || fields.nextTag == DERTag.generalizedTime {
            nextUpdate = try DERTime.decode(try fields.next(), in: whole)
        }
        if fields.nextTag == DERTag.sequence { revoked = try fields.sequence() }
        if let tagged = try fields.optional(DERTag.explicit(0)) {
            var inner = whole.inside(tagged)
            extensions = try inner.sequence()
            try inner.finish()
        }
        try fields.finish()
        return version
    }

    private mutating func read(_ start: DERReader) throws(RevocationFault) {
        var (reader, seen): (DERReader, [String]) = (start, [])
        while !reader.isAtEnd {
            let item: ExtensionItem
            do throws(DERFault) { item = try ExtensionItem.decode(&reader) } catch { throw .der(error) }
            guard !seen.contains(item.oid), seen.count < CertificateExtensions.limit else {
                throw .duplicateExtension(item.oid)
            }
            seen.append(item.oid)
            try read(item)
        }
    }

    private mutating func read(_ item: ExtensionItem) throws(RevocationFault) {
        var content = whole.inside(item.content)
        switch item.type {
        case .crlNumber:
            // RFC 5280 §5.2.3: non-critical.
            guard !item.isCritical else { throw .malformedExtension(item.oid) }
            number = try listNumber(item)
        case .authorityKeyIdentifier:
            do throws(DERFault) {
                authorityKeyIdentifier = try AuthorityKeyIdentifier.decode(&content).key
                try content.finish()
            } catch { throw .malformedExtension(item.oid) }
        case .issuingDistributionPoint:
            scope = try RevocationScope.decode(content, issuer: issuer.map { whole.copy($0.whole) } ?? [])
        case .deltaCRLIndicator:
            guard settings.takesDeltas, item.isCritical else { throw .delta }
            base = try listNumber(item)
        default: if item.isCritical { throw .unknownCritical(item.oid) }
        }
    }

    private func listNumber(_ item: ExtensionItem) throws(RevocationFault) -> SerialNumber {
        let value: Range<Int>
        do throws(DERFault) {
            var content = whole.inside(item.content)
            value = try DERValue.integer(try content.next(DERTag.integer), in: whole)
            try content.finish()
        } catch { throw .malformedExtension(item.oid) }
        guard let number = SerialNumber(unsigned: whole.bytes, value) else { throw .numberInvalid }
        return number
    }
}
