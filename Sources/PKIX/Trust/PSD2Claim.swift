/// What a certificate says of payment services, in a few bits (ETSI TS 119 495 §5).
package struct PSD2Claim: Equatable, Sendable {
    /// Whether there is a PSD2 statement.
    package let hasStatement: Bool
    /// Whether QcType says that it is for web authentication.
    package let isForWeb: Bool
    /// Whether the subject's organizationIdentifier has the scheme PSD.
    package let hasIdentifier: Bool
    /// Whether statement and organizationIdentifier name different authorities (§5.2.3); false where one names none.
    package let namesTwoAuthorities: Bool
    private var roles: UInt8 = 0

    init(_ certificate: Certificate) {
        let statements = certificate.qcStatements
        let identifier = certificate.organisationIdentifier
        hasStatement = statements?.psd2 != nil
        isForWeb = statements?.qcTypes.contains(.web) == true
        hasIdentifier = identifier?.scheme == .psd
        if let stated = statements?.psd2?.ncaID, let named = identifier?.ncaID {
            namesTwoAuthorities = stated != named
        } else {
            namesTwoAuthorities = false
        }
        for role in statements?.psd2?.roles ?? [] { roles |= Self.bit(role) }
    }

    /// Whether the statement names no known role.
    package var isWithoutRoles: Bool { roles == 0 }

    /// Whether the statement names a role.
    package func holds(_ role: PSD2Role) -> Bool { roles & Self.bit(role) != 0 }

    private static func bit(_ role: PSD2Role) -> UInt8 {
        switch role {
        case .accountServicing: 1
        case .paymentInitiation: 2
        case .accountInformation: 4
        case .cardBasedInstruments: 8
        }
    }
}
