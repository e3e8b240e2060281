import Encoding

/// Which certificates of its issuer a list speaks for (issuingDistributionPoint, RFC 5280 §5.2.5).
package struct RevocationScope: Equatable, Sendable {
    package enum Subjects: Sendable {
        case all
        case users
        case authorities
    }

    /// Whether it covers leaf certificates, authorities or both.
    package var subjects = Subjects.all
    /// Why certificates on it may have been revoked; certificates revoked for other reasons are on other lists.
    package var reasons = RevocationReasons.all
    /// The points it is published at, when it says that it covers only certificates that name one of them; each is
    /// a GeneralName in DER.
    package var names: [[UInt8]]?

    /// True when the list covers `certificate`.
    package func covers(_ certificate: Certificate) -> Bool {
        switch subjects {
        case .all: break
        case .users where certificate.isAuthority: return false
        case .authorities where !certificate.isAuthority: return false
        case .users, .authorities: break
        }
        guard let names else { return true }
        let issuer = certificate.issuerDER
        return certificate.fields.extensions.crlDistributionPoints.names.contains { point in
            names.contains(point.resolved(under: issuer))
        }
    }

    /// Reads an issuingDistributionPoint of a list of `issuer`, a Name in DER; indirect lists and those of attribute
    /// certificates are refused.
    static func decode(_ start: DERReader, issuer: [UInt8]) throws(RevocationFault) -> RevocationScope {
        var (scope, flags): (RevocationScope, [Bool]) = (RevocationScope(), [])
        do throws(DERFault) {
            var outer = start
            var reader = try outer.sequence()
            try outer.finish()
            if let point = try reader.optional(DERTag.explicit(0)) {
                scope.names = try DistributionName.decode(reader.inside(point)).map { $0.resolved(under: issuer) }
            }
            for number: UInt8 in [1, 2, 3, 4, 5] {
                guard number != 3 else {
                    if let some = try reader.optional(DERTag.context(3)) {
                        scope.reasons = RevocationReasons(rawValue: try DERValue.flags(some, in: reader))
                            .intersection(.all)
                    }
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
        guard !attributes, !scope.reasons.isEmpty else { throw .partial }
        guard !(users && authorities) else { throw .malformedExtension(OID.issuingDistributionPoint) }
        scope.subjects = users ? .users : authorities ? .authorities : .all
        return scope
    }
}
