/// Everything the audit trail can say, by name (rule R-160; docs/AUDIT.md lists them).
package enum AuditEvent: String, CaseIterable, Sendable {
    case clientIssued = "client.issued"
    case clientMigrated = "client.migrated"
    case clientUpdated = "client.updated"
    case clientDeleted = "client.deleted"
    case clientRead = "client.read"
    case requestRejected = "request.rejected"
    case requestMalformed = "request.malformed"
    case keyRevoked = "key.revoked"
    case holdAccepted = "hold.accepted"
    case holdRejected = "hold.rejected"
    case policyChanged = "policy.changed"
    case bundlePinned = "bundle.pinned"
    case bundleImported = "bundle.imported"
    case bundleRefused = "bundle.refused"
    case bundleExpiredAccepted = "bundle.expired_accepted"
    case exportMade = "export.made"

    /// What happened, in a few words.
    package var meaning: String {
        switch self {
        case .clientIssued: "a client was registered and got its credentials"
        case .clientMigrated: "a client of the bank's was taken over with its id"
        case .clientUpdated: "a client's registration was replaced"
        case .clientDeleted: "a client was deleted"
        case .clientRead: "a client's registration was read"
        case .requestRejected: "a request was refused"
        case .requestMalformed: "a request that had waited was no registration"
        case .keyRevoked: "an operator revoked keys or certificates"
        case .holdAccepted: "an operator accepted a set that waited"
        case .holdRejected: "an operator turned a set away that waited"
        case .policyChanged: "what is accepted is configured otherwise than at the last pass"
        case .bundlePinned: "the root that bundles must begin with was named"
        case .bundleImported: "a bundle of keys was taken in"
        case .bundleRefused: "a bundle was refused, and nothing of it taken"
        case .bundleExpiredAccepted: "an operator allowed keys of a bundle past its end"
        case .exportMade: "data of the ledger or the cache was written out"
        }
    }

    /// Whether what was asked for was carried out.
    package var isSuccess: Bool {
        switch self {
        case .requestRejected, .requestMalformed, .bundleRefused: false
        default: true
        }
    }
}
