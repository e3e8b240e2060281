/// What a source publishes, and for whom; limits, grace and hold rules go by it.
package enum SourceClass: String, Sendable, CaseIterable {
    /// The keys that sign software statements: the trust anchor of every registration.
    case directory
    /// The keys of an organisation.
    case organisation
    /// The keys of one software statement.
    case software
    /// The keys an organisation's certificates were revoked with.
    case organisationRevoked
    /// The keys a software statement's certificates were revoked with.
    case softwareRevoked
    /// A certificate revocation list (RFC 5280 §5).
    case crl

    /// Whether the source is a set of keys in use.
    package var publishesKeys: Bool { self == .directory || self == .organisation || self == .software }

    /// Whether the source is a set of revoked keys.
    package var revokesKeys: Bool { self == .organisationRevoked || self == .softwareRevoked }

    /// The place in a cold start: the directory first, then revocation, then everyone's keys (`next due` being equal).
    package var rank: Int {
        switch self {
        case .directory: 0
        case .organisationRevoked, .softwareRevoked: 1
        case .crl: 2
        case .organisation: 3
        case .software: 4
        }
    }
}
