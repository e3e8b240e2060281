package import PKIX

extension RevocationReason {
    /// The stable name of the reason in commands, events and output.
    package var name: String {
        switch self {
        case .unspecified: "unspecified"
        case .keyCompromise: "key_compromise"
        case .authorityCompromise: "ca_compromise"
        case .affiliationChanged: "affiliation_changed"
        case .superseded: "superseded"
        case .cessationOfOperation: "cessation_of_operation"
        case .certificateHold: "certificate_hold"
        case .removeFromList: "remove_from_crl"
        case .privilegeWithdrawn: "privilege_withdrawn"
        case .attributeAuthorityCompromise: "aa_compromise"
        }
    }

    /// The reason with a name, nil where none has it.
    package init?(name: String) {
        guard let found = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = found
    }
}
