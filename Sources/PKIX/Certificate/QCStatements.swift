/// The qcStatements extension: what a qualified certificate, or one shaped like it, says about itself.
///
/// Statements that are not understood are passed over and named. Sources: RFC 3739 §3.2.6, ETSI EN 319 412-5, ETSI
/// TS 119 495 §5.1.
package struct QCStatements: Hashable, Sendable {
    /// Most statements read.
    package static let limit = 16

    /// What a certificate is for.
    package enum Kind: String, CaseIterable, Sendable {
        case eSign = "0.4.0.1862.1.6.1"
        case eSeal = "0.4.0.1862.1.6.2"
        case web = "0.4.0.1862.1.6.3"
    }

    /// The types claimed (QcType).
    package private(set) var qcTypes: Set<Kind> = []
    /// True when the issuer claims EU qualified status (QcCompliance); directory-issued certificates never do.
    package private(set) var hasCompliance = false
    package private(set) var psd2: PSD2Statement?
    /// Identifiers of the statements and types that were passed over, dotted.
    package private(set) var unknown: [String] = []

    /// Decodes the extension's content; nothing may follow it.
    package init(der: [UInt8]) throws(DERFault) {
        var reader = DERReader(der)
        self = try QCStatements.decode(&reader)
        try reader.finish()
    }

    private init() {}

    /// Reads the extension's content.
    static func decode(_ reader: inout DERReader) throws(DERFault) -> QCStatements {
        var list = try reader.sequence()
        var found = QCStatements()
        var (seen, isFirst): ([String], Bool) = ([], true)
        while isFirst || !list.isAtEnd {
            isFirst = false
            var statement = try list.sequence()
            let element = try statement.next(DERTag.objectIdentifier)
            let oid = try DERValue.objectIdentifier(element, in: statement)
            guard seen.count < limit, !seen.contains(oid) else { throw .trailingBytes(at: element.start) }
            seen.append(oid)
            try found.read(oid, &statement)
            try statement.finish()
        }
        return found
    }

    private mutating func read(_ oid: String, _ statement: inout DERReader) throws(DERFault) {
        switch oid {
        case OID.qcCompliance:
            hasCompliance = true
        case OID.qcType:
            var types = try statement.sequence()
            repeat {
                let type = try DERValue.objectIdentifier(try types.next(DERTag.objectIdentifier), in: types)
                if let kind = Kind(rawValue: type) { qcTypes.insert(kind) } else { unknown.append(type) }
            } while !types.isAtEnd
        case OID.psd2:
            psd2 = try PSD2Statement.decode(&statement)
        default:
            unknown.append(oid)
            if !statement.isAtEnd { _ = try statement.next() }
        }
    }
}
