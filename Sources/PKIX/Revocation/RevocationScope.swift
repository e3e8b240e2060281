/// Which certificates of its issuer a list speaks for (issuingDistributionPoint, RFC 5280 §5.2.5).
package struct RevocationScope: Equatable, Sendable {
    package enum Subjects: Sendable {
        case all
        case users
        case authorities
    }

    /// Whether it covers leaf certificates, authorities or both.
    package var subjects = Subjects.all
    /// The URIs it is published at, when it says that it covers only certificates that name one of them.
    package var uris: [String]?

    /// True when the list covers `certificate`.
    package func covers(_ certificate: Certificate) -> Bool {
        switch subjects {
        case .all: break
        case .users where certificate.isAuthority: return false
        case .authorities where !certificate.isAuthority: return false
        case .users, .authorities: break
        }
        guard let uris else { return true }
        return certificate.crlDistributionPoints.contains(where: uris.contains)
    }

    /// Reads an issuingDistributionPoint; indirect and partial lists are refused.
    static func decode(_ start: DERReader) throws(RevocationFault) -> RevocationScope {
        var (scope, flags): (RevocationScope, [Bool]) = (RevocationScope(), [])
        var hasReasons = false
        do throws(DERFault) {
            var outer = start
            var reader = try outer.sequence()
            try outer.finish()
            if let point = try reader.optional(DERTag.explicit(0)) {
                scope.uris = try DistributionPoint.names(reader.inside(point))
            }
            for number: UInt8 in [1, 2, 3, 4, 5] {
                guard number != 3 else {
                    hasReasons = try reader.optional(DERTag.context(3)) != nil
                    continue
                }
                let flag = try reader.optional(DERTag.context(number))
                flags.append(
                    try flag.map { element throws(DERFault) in try DERValue.boolean(element, in: reader) } ?? false
                )
            }
            try reader.finish()
        } catch { throw .der(error) }
        let (users, authorities, isIndirect, attributes) = (flags[0], flags[1], flags[2], flags[3])
        guard !isIndirect else { throw .indirect }
        guard !hasReasons, !attributes else { throw .partial }
        guard !(users && authorities) else { throw .malformedExtension(OID.issuingDistributionPoint) }
        scope.subjects = users ? .users : authorities ? .authorities : .all
        return scope
    }
}
