/// Everything the log can say, by name; docs/EVENTS.md lists them.
package enum Event: String, CaseIterable, Sendable {
    case serviceStart = "service.start"
    case serviceReady = "service.ready"
    case serviceReload = "service.reload"
    case serviceReloadFailed = "service.reload_failed"
    case serviceDraining = "service.draining"
    case serviceStop = "service.stop"
    case serviceStatus = "service.status"
    case refreshStart = "refresh.start"
    case refreshDone = "refresh.done"
    case refreshFailed = "refresh.failed"
    case sourceState = "source.state"
    case keyAdded = "key.added"
    case keyRetired = "key.retired"
    case keyRevoked = "key.revoked"
    case keyHeld = "key.held"
    case holdAccepted = "hold.accepted"
    case snapshotPublished = "snapshot.published"
    case batchStart = "batch.start"
    case batchProgress = "batch.progress"
    case batchDone = "batch.done"
    case requestOutcome = "request.outcome"
    case requestDeferred = "request.deferred"
    case requestExpired = "request.expired"
    case spoolMalformed = "spool.malformed"
    case spoolOverflow = "spool.overflow"
    case spoolRescan = "spool.rescan"
    case spoolDiskLow = "spool.disk_low"
    case ledgerConflict = "ledger.conflict"
    case ledgerMigrated = "ledger.migrated"
    case ledgerCheckpoint = "ledger.checkpoint"
    case policyOverrideActive = "policy.override_active"
    case clockStep = "clock.step"
    case bundleExported = "bundle.exported"
    case bundleImported = "bundle.imported"
    case bundleRejected = "bundle.rejected"
    case certificateExpiring = "cert.expiring"

    /// How much the event matters.
    package var level: LogLevel {
        switch self {
        case .requestOutcome, .batchProgress, .ledgerCheckpoint: .debug
        case .serviceStart, .serviceReady, .serviceReload, .serviceDraining, .serviceStop, .serviceStatus,
            .refreshStart, .refreshDone, .snapshotPublished, .batchStart, .batchDone, .spoolRescan, .ledgerMigrated:
            .info
        case .keyAdded, .keyRetired, .keyRevoked, .holdAccepted, .bundleExported, .bundleImported: .notice
        case .sourceState, .refreshFailed, .keyHeld, .requestDeferred, .requestExpired, .spoolMalformed, .spoolOverflow,
            .ledgerConflict,
            .policyOverrideActive, .clockStep, .certificateExpiring:
            .warning
        case .serviceReloadFailed, .spoolDiskLow, .bundleRejected: .error
        }
    }
}
