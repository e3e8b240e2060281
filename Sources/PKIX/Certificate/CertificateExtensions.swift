/// The extensions of a certificate that this product acts on.
struct CertificateExtensions: Sendable {
    /// Most extensions read.
    static let limit = 64

    var isAuthority = false
    var pathLength: Int?
    var keyUsage: KeyUsage?
    var extendedKeyUsage: [String]?
    var criticalUnknown: [String] = []
    var qcStatements: QCStatements?
    var subjectKeyIdentifier: Range<Int>?
    var authorityKeyIdentifier: AuthorityKeyIdentifier?
    var crlDistributionPoints = DistributionPoints()
    /// Whether nameConstraints rule out any names.
    var excludesNames = false
    /// Whether a DNS name of subjectAltName stands for many.
    var hasWildcard = false

    /// Decodes the extensions in `reader`; content that does not fit its definition becomes a defect, a repeated
    /// extension a refusal.
    static func decode(
        _ reader: DERReader,
        defects: inout [CertificateDefect]
    ) throws(CertificateFault) -> CertificateExtensions {
        var found = CertificateExtensions()
        var seen: [String] = []
        var rest = reader
        if rest.isAtEnd { throw .der(.truncated(at: rest.position)) }
        while !rest.isAtEnd {
            let item: ExtensionItem
            do throws(DERFault) { item = try ExtensionItem.decode(&rest) } catch { throw .der(error) }
            guard !seen.contains(item.oid) else { throw .duplicateExtension(item.oid) }
            guard seen.count < limit else { throw .tooManyExtensions(limit: limit) }
            seen.append(item.oid)
            if item.hasExplicitDefault, !defects.contains(.explicitDefault) { defects.append(.explicitDefault) }
            do throws(DERFault) {
                guard try !found.read(item, in: reader.inside(item.content)), item.isCritical else { continue }
                found.criticalUnknown.append(item.oid)
            } catch { defects.append(.malformedExtension(item.oid)) }
        }
        return found
    }

    /// Reads one extension; false when nothing here understands it.
    private mutating func read(_ item: ExtensionItem, in content: DERReader) throws(DERFault) -> Bool {
        var reader = content
        switch item.type {
        case .basicConstraints: try basicConstraints(&reader)
        case .keyUsage:
            keyUsage = KeyUsage(rawValue: try DERValue.flags(try reader.next(DERTag.bitString), in: reader))
        case .extendedKeyUsage: extendedKeyUsage = try CertificateExtensions.purposes(&reader)
        case .subjectKeyIdentifier: subjectKeyIdentifier = try reader.next(DERTag.octetString).content
        case .authorityKeyIdentifier: authorityKeyIdentifier = try AuthorityKeyIdentifier.decode(&reader)
        case .crlDistributionPoints: crlDistributionPoints = try DistributionPoints.decode(&reader)
        case .qcStatements: qcStatements = try QCStatements.decode(&reader)
        case .authorityInformation: try CertificateExtensions.accessDescriptions(&reader)
        case .subjectAlternativeName: hasWildcard = try CertificateExtensions.wildcard(&reader)
        case .issuerAlternativeName, .certificatePolicies: try CertificateExtensions.nonEmptySequence(&reader)
        case .nameConstraints:
            var subtrees = try reader.sequence()
            _ = try subtrees.optional(DERTag.explicit(0))
            excludesNames = try subtrees.optional(DERTag.explicit(1)) != nil
            try subtrees.finish()
        case .policyConstraints, .inhibitAnyPolicy:
            // RFC 5280 §4.2.1.11, §4.2.1.14: critical, so that nobody passes over what he does not process.
            guard item.isCritical else { throw .boolean(at: item.content.start) }
            return false
        default: return false
        }
        try reader.finish()
        return true
    }

    private mutating func basicConstraints(_ reader: inout DERReader) throws(DERFault) {
        var constraints = try reader.sequence()
        if let flag = try constraints.optional(DERTag.boolean) {
            isAuthority = try DERValue.boolean(flag, in: constraints)
        }
        if let length = try constraints.optional(DERTag.integer) {
            pathLength = try DERValue.small(length, in: constraints)
        }
        try constraints.finish()
    }

    private static func purposes(_ reader: inout DERReader) throws(DERFault) -> [String] {
        var sequence = try reader.sequence()
        var purposes: [String] = []
        repeat {
            purposes.append(try DERValue.objectIdentifier(try sequence.next(DERTag.objectIdentifier), in: sequence))
        } while !sequence.isAtEnd
        return purposes
    }

    private static func accessDescriptions(_ reader: inout DERReader) throws(DERFault) {
        var sequence = try reader.sequence()
        repeat {
            var description = try sequence.sequence()
            _ = try description.next(DERTag.objectIdentifier)
            let location = try description.next()
            guard location.tag & 0xC0 == 0x80 else {
                throw .tag(expected: 0x86, found: location.tag, at: location.start)
            }
            try description.finish()
        } while !sequence.isAtEnd
    }

    private static func wildcard(_ reader: inout DERReader) throws(DERFault) -> Bool {
        var names = try reader.sequence()
        var hasWildcard = false
        repeat {
            let name = try names.next()
            guard name.tag == DERTag.context(2) else { continue }
            hasWildcard = hasWildcard || names.bytes[name.content].contains(UInt8(ascii: "*"))
        } while !names.isAtEnd
        return hasWildcard
    }

    private static func nonEmptySequence(_ reader: inout DERReader) throws(DERFault) {
        var sequence = try reader.sequence()
        repeat { _ = try sequence.next() } while !sequence.isAtEnd
    }
}
