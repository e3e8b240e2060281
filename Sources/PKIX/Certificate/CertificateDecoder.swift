import Encoding

/// The walk over a Certificate (RFC 5280 §4.1): first the skeleton, then names and extensions.
struct CertificateDecoder {
    private var fields = CertificateFields()
    private var issuer: DERElement?
    private var subject: DERElement?
    private var extensions: DERReader?
    private let whole: DERReader

    private init(_ der: [UInt8]) { whole = DERReader(der) }

    /// Decodes `der`, which must be one certificate and nothing else.
    static func decode(_ der: [UInt8]) throws(CertificateFault) -> CertificateFields {
        var decoder = CertificateDecoder(der)
        do throws(DERFault) { try decoder.walk() } catch { throw .der(error) }
        do throws(DNFault) { try decoder.names() } catch { throw .name(error) }
        if let reader = decoder.extensions {
            decoder.fields.extensions = try CertificateExtensions.decode(reader, defects: &decoder.fields.defects)
        }
        decoder.judge()
        return decoder.fields
    }

    private mutating func walk() throws(DERFault) {
        var reader = whole
        var certificate = try reader.sequence()
        try reader.finish()
        let signed = try certificate.next(DERTag.sequence)
        fields.signed = signed.whole
        try toBeSigned(whole.inside(signed))
        fields.algorithmIdentifier = try certificate.next(DERTag.sequence).whole
        fields.signature = try DERValue.octets(ofBits: try certificate.next(DERTag.bitString), in: whole)
        try certificate.finish()
    }

    private mutating func toBeSigned(_ start: DERReader) throws(DERFault) {
        var reader = start
        if let tagged = try reader.optional(DERTag.explicit(0)) {
            var inner = whole.inside(tagged)
            fields.version = try DERValue.small(try inner.next(DERTag.integer), in: whole, upTo: 2) + 1
            try inner.finish()
            if fields.version == 1 { fields.defects.append(.explicitDefault) }
        }
        fields.serial = try DERValue.integer(try reader.next(DERTag.integer), in: whole)
        let algorithm = try reader.next(DERTag.sequence)
        fields.innerAlgorithm = algorithm.whole
        var identifier = whole.inside(algorithm)
        fields.signatureAlgorithm = try DERValue.objectIdentifier(
            try identifier.next(DERTag.objectIdentifier),
            in: whole
        )
        let issuer = try reader.next(DERTag.sequence)
        var validity = try reader.sequence()
        fields.notBefore = try time(&validity)
        fields.notAfter = try time(&validity)
        try validity.finish()
        let subject = try reader.next(DERTag.sequence)
        (fields.issuerRange, fields.subjectRange) = (issuer.whole, subject.whole)
        (self.issuer, self.subject) = (issuer, subject)
        let key = try reader.next(DERTag.sequence)
        fields.spki = key.whole
        fields.publicKeyKind = try PublicKeyKind.decode(key, in: whole)
        _ = try reader.optional(DERTag.context(1))
        _ = try reader.optional(DERTag.context(2))
        if let tagged = try reader.optional(DERTag.explicit(3)) {
            var inner = whole.inside(tagged)
            extensions = try inner.sequence()
            try inner.finish()
        }
        try reader.finish()
    }

    private mutating func time(_ validity: inout DERReader) throws(DERFault) -> UnixTime {
        let element = try validity.next()
        let instant = try DERTime.decode(element, in: whole)
        if element.tag == DERTag.generalizedTime, instant < DERTime.year2050 { fields.defects.append(.timeForm) }
        return instant
    }

    private mutating func names() throws(DNFault) {
        if let issuer { fields.issuer = try DistinguishedName(issuer, in: whole) }
        if let subject { fields.subject = try DistinguishedName(subject, in: whole) }
    }

    private mutating func judge() {
        let serial = whole.bytes[fields.serial]
        if fields.version != 3 { fields.defects.append(.notVersion3) }
        if serial.count > 20 { fields.defects.append(.serialTooLong) }
        if serial.allSatisfy({ $0 == 0 }) { fields.defects.append(.serialZero) }
        if let first = serial.first, first & 0x80 != 0 { fields.defects.append(.serialNegative) }
        if fields.notBefore > fields.notAfter { fields.defects.append(.validityReversed) }
        if fields.issuer.isEmpty { fields.defects.append(.issuerEmpty) }
        if !whole.bytes[fields.innerAlgorithm].elementsEqual(whole.bytes[fields.algorithmIdentifier]) {
            fields.defects.append(.algorithmMismatch)
        }
    }
}
