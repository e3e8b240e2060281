/// The qcStatements extension of PSD2 certificates to be written (ETSI EN 319 412-5, ETSI TS 119 495 §5.1).
package struct QCStatementsTemplate: Equatable, Sendable {
    /// What a certificate is for: 0.4.0.1862.1.6.n.
    package enum Kind: Int, Sendable {
        case signature = 1
        case seal = 2
        case web = 3
    }

    /// What a payment service provider may do: 0.4.0.19495.1.n.
    package enum Role: Int, Sendable, CaseIterable {
        case accountServicing = 1
        case paymentInitiation = 2
        case accountInformation = 3
        case cardBasedIssuing = 4

        /// The name that stands beside the identifier.
        package var name: String {
            switch self {
            case .accountServicing: "PSP_AS"
            case .paymentInitiation: "PSP_PI"
            case .accountInformation: "PSP_AI"
            case .cardBasedIssuing: "PSP_IC"
            }
        }
    }

    /// Whether QcCompliance is stated: only qualified certificates do.
    package var isQualified = false
    /// The QcType.
    package var kinds: [Kind] = [.web]
    /// The PSD2 roles; nil leaves the PSD2 statement out.
    package var roles: [Role]? = [.paymentInitiation, .accountInformation]
    /// Whether all roles share one SEQUENCE, as the directory's certificates of 2019 have it, instead of one each.
    package var isFlat = false
    /// The competent authority.
    package var authorityName = "Financial Conduct Authority"
    /// Its identifier.
    package var authorityID = "GB-FCA"
    /// Identifiers of statements without content, for readers that must pass over what they do not know.
    package var unknown: [String] = []

    /// Makes the statements of a directory transport certificate (OBWAC).
    package init() {}

    /// Returns the SEQUENCE of statements.
    package func der() throws(TemplateFault) -> [UInt8] {
        var statements: [[UInt8]] = []
        for oid in unknown { statements.append(DERWriter.sequence([try DERWriter.objectIdentifier(oid)])) }
        if isQualified {
            statements.append(DERWriter.sequence([try DERWriter.objectIdentifier("0.4.0.1862.1.1")]))
        }
        if !kinds.isEmpty {
            var types: [[UInt8]] = []
            for kind in kinds { types.append(try DERWriter.objectIdentifier("0.4.0.1862.1.6.\(kind.rawValue)")) }
            let identifier = try DERWriter.objectIdentifier("0.4.0.1862.1.6")
            statements.append(DERWriter.sequence([identifier, DERWriter.sequence(types)]))
        }
        if let roles {
            let identifier = try DERWriter.objectIdentifier("0.4.0.19495.2")
            let content = DERWriter.sequence([
                try Self.encode(roles, flat: isFlat),
                DERWriter.utf8String(authorityName),
                DERWriter.utf8String(authorityID),
            ])
            statements.append(DERWriter.sequence([identifier, content]))
        }
        return DERWriter.sequence(statements)
    }

    private static func encode(_ roles: [Role], flat: Bool) throws(TemplateFault) -> [UInt8] {
        var pairs: [[UInt8]] = []
        for role in roles {
            let identifier = try DERWriter.objectIdentifier("0.4.0.19495.1.\(role.rawValue)")
            pairs.append(identifier + DERWriter.utf8String(role.name))
        }
        return DERWriter.sequence(flat ? [DERWriter.sequence(pairs)] : pairs.map { DERWriter.sequence([$0]) })
    }
}
