import Ledger

/// What an event is called by the schemas of others.
struct AuditClass {
    /// ECS `event.category`.
    let category: StaticString
    /// ECS `event.type`.
    let type: StaticString
    /// OCSF `activity_id` of Entity Management: 1 create, 2 read, 3 update, 4 delete, 99 other.
    let activity: Int
    let activityName: StaticString
    /// OCSF `severity_id` (1 informational to 6 fatal), and CEF severity (0 to 10).
    let severity: (ocsf: Int, name: StaticString, cef: Int)
    /// What the event is about, for OCSF `entity.type`.
    let entity: StaticString

    private static let quiet: (Int, StaticString, Int) = (1, "Informational", 2)
    private static let low: (Int, StaticString, Int) = (2, "Low", 4)
    private static let medium: (Int, StaticString, Int) = (3, "Medium", 6)

    static func of(_ event: AuditEvent?) -> AuditClass {
        switch event {
        case .clientIssued, .clientMigrated: AuditClass("iam", "creation", 1, "Create", quiet, "client")
        case .clientUpdated: AuditClass("iam", "change", 3, "Update", quiet, "client")
        case .clientDeleted: AuditClass("iam", "deletion", 4, "Delete", low, "client")
        case .clientRead: AuditClass("iam", "info", 2, "Read", quiet, "client")
        case .requestRejected, .requestMalformed: AuditClass("iam", "creation", 1, "Create", low, "client")
        case .keyRevoked: AuditClass("configuration", "deletion", 4, "Delete", medium, "key")
        case .holdAccepted, .holdRejected: AuditClass("configuration", "change", 3, "Update", medium, "key set")
        case .policyChanged: AuditClass("configuration", "change", 3, "Update", medium, "policy")
        case .bundlePinned: AuditClass("configuration", "change", 3, "Update", medium, "bundle")
        case .bundleImported: AuditClass("configuration", "change", 3, "Update", low, "bundle")
        case .bundleRefused: AuditClass("configuration", "denied", 3, "Update", medium, "bundle")
        case .bundleExpiredAccepted: AuditClass("configuration", "change", 3, "Update", medium, "bundle")
        case .exportMade: AuditClass("configuration", "access", 2, "Read", low, "export")
        case nil: AuditClass("configuration", "info", 99, "Other", quiet, "unknown")
        }
    }

    private init(
        _ category: StaticString,
        _ type: StaticString,
        _ activity: Int,
        _ activityName: StaticString,
        _ severity: (Int, StaticString, Int),
        _ entity: StaticString
    ) {
        (self.category, self.type, self.entity) = (category, type, entity)
        (self.activity, self.activityName, self.severity) = (activity, activityName, severity)
    }
}
