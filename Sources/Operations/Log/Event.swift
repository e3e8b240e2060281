/// Everything the log can say, by name; docs/EVENTS.md lists them.
package enum Event: String, CaseIterable, Sendable {
    case serviceStart = "service.start"
    case serviceReady = "service.ready"
    case serviceReload = "service.reload"
    case serviceReloadFailed = "service.reload_failed"
    case serviceStatus = "service.status"
    case serviceDraining = "service.draining"
    case serviceStop = "service.stop"
    case policyOverrideActive = "policy.override_active"
    case refreshStart = "refresh.start"
    case refreshDone = "refresh.done"
    case refreshFailed = "refresh.failed"
    case sourceState = "source.state"
    case clockSetBack = "clock.set_back"
    case bundleImported = "bundle.imported"
    case bundleRejected = "bundle.rejected"
    case bundleWaiting = "bundle.waiting"
    case snapshotPublished = "snapshot.published"
    case keyAdded = "key.added"
    case keyRetired = "key.retired"
    case keyRevoked = "key.revoked"
    case keyQuarantined = "key.quarantined"
    case keyHeld = "key.held"
    case keyHoldAccepted = "key.hold_accepted"
    case keyHoldRejected = "key.hold_rejected"
    case keyMore = "key.more"
    case hostTrouble = "host.trouble"
    case certificateExpiring = "certificate.expiring"
    case hookDone = "hook.done"
    case hookFailed = "hook.failed"
    case batchStart = "batch.start"
    case batchProgress = "batch.progress"
    case batchDone = "batch.done"
    case requestOutcome = "request.outcome"
    case requestDeferred = "request.deferred"
    case requestExpired = "request.expired"
    case requestMore = "request.more"
    case spoolMalformed = "spool.malformed"
    case spoolOverflow = "spool.overflow"
    case spoolRescan = "spool.rescan"
    case spoolDiskLow = "spool.disk_low"
    case spoolPaused = "spool.paused"
    case metricsUnavailable = "metrics.unavailable"
    case spoolSwept = "spool.swept"
    case spoolSweepFailed = "spool.sweep_failed"
    case spoolResultLost = "spool.result_lost"

    /// How much the event matters.
    package var level: LogLevel {
        switch self {
        case .serviceStart, .serviceReady, .serviceReload, .serviceStatus, .serviceDraining, .serviceStop, .refreshDone,
            .snapshotPublished, .hookDone, .batchStart, .batchProgress, .batchDone, .spoolRescan, .spoolSwept,
            .bundleImported:
            .info
        case .refreshStart, .requestOutcome: .debug
        case .keyAdded, .keyRetired, .keyRevoked, .keyHeld, .keyHoldAccepted, .keyHoldRejected, .keyMore: .notice
        case .policyOverrideActive, .refreshFailed, .sourceState, .clockSetBack, .spoolMalformed, .spoolOverflow,
            .spoolPaused, .spoolSweepFailed, .metricsUnavailable, .keyQuarantined, .hostTrouble, .certificateExpiring,
            .hookFailed, .bundleWaiting, .requestDeferred, .requestExpired, .requestMore:
            .warning
        case .serviceReloadFailed, .spoolDiskLow, .bundleRejected, .spoolResultLost: .error
        }
    }

    /// What happened, in a few words.
    package var meaning: String {
        switch self {
        case .serviceStart: "the daemon starts"
        case .serviceReady: "keys are loaded and requests are taken"
        case .serviceReload: "a new configuration is in force"
        case .serviceReloadFailed: "the new configuration has a fault; the old one stays"
        case .serviceStatus: "one line about the work, because a signal asked"
        case .serviceDraining: "nothing more is taken; what is in flight is finished"
        case .serviceStop: "the daemon ends"
        case .policyOverrideActive: "the configuration changes a rule's severity"
        case .refreshStart: "sources are due and are fetched"
        case .refreshDone: "the sources that were due were fetched"
        case .refreshFailed: "the cache could not be written or read; tried again"
        case .sourceState: "a source is better or worse than before"
        case .clockSetBack: "the system's clock was set back; fetches are planned anew"
        case .bundleImported: "a signed bundle from the spool took effect"
        case .bundleRejected: "a bundle from the spool was refused; nothing was changed"
        case .bundleWaiting: "a bundle in the spool cannot be taken yet; it is tried again"
        case .snapshotPublished: "requests are judged by a new snapshot of the keys"
        case .keyAdded: "a set lists a key it did not list before"
        case .keyRetired: "a key left its set; its grace begins"
        case .keyRevoked: "a key is revoked, for good"
        case .keyQuarantined: "a key was published in a way that makes it unusable"
        case .keyHeld: "a suspicious set waits for an operator"
        case .keyHoldAccepted: "a set that waited is in force"
        case .keyHoldRejected: "a set that waited was turned away"
        case .keyMore: "more happened to keys than is told one by one"
        case .hostTrouble: "many sets of a host lost their keys at once"
        case .certificateExpiring: "an authority expires soon; told once a day"
        case .hookDone: "the program of hooks.after_change ended well"
        case .hookFailed: "the program of hooks.after_change did not end well"
        case .batchStart: "a batch is taken up, or taken up again"
        case .batchProgress: "a long pass goes on; told every ten seconds"
        case .batchDone: "a pass over the spool ended"
        case .requestOutcome: "a request was answered; the audit has these for good"
        case .requestDeferred: "a request waits for keys; told when it begins to"
        case .requestExpired: "a request waited as long as it may; this is its end"
        case .requestMore: "more began to wait than is told one by one"
        case .spoolMalformed: "a file was set aside in failed/"
        case .spoolOverflow: "notices of new files were lost; all folders are read"
        case .spoolRescan: "a folder gives no notices; it is read now and then"
        case .spoolDiskLow: "too little disk is free; nothing is taken"
        case .spoolPaused: "an operator asks for a pause; nothing is taken"
        case .metricsUnavailable: "the file or the socket of the metrics cannot be had"
        case .spoolSwept: "finished files that were old enough were removed"
        case .spoolSweepFailed: "finished files could not be removed; tried again"
        case .spoolResultLost: "a committed result is nowhere, or its name has other bytes"
        }
    }

    /// The fields a line of the event can have, in their order.
    package var fields: [String] {
        switch self {
        case .serviceStart: ["version", "pid"]
        case .serviceReady, .snapshotPublished, .hookDone: ["generation"]
        case .serviceReload, .serviceDraining, .spoolOverflow, .spoolDiskLow, .spoolPaused: []
        case .serviceReloadFailed, .serviceStatus, .serviceStop, .refreshFailed, .clockSetBack, .metricsUnavailable,
            .spoolSweepFailed:
            ["reason"]
        case .policyOverrideActive: ["rule"]
        case .refreshDone: ["due", "updated", "unchanged", "failed", "held", "generation", "ms"]
        case .refreshStart: ["due"]
        case .keyAdded, .keyRetired, .keyRevoked, .keyQuarantined: ["source", "kid"]
        case .keyHeld: ["source", "code"]
        case .keyHoldAccepted, .keyHoldRejected: ["source", "code", "actor"]
        case .keyMore: ["keys"]
        case .hostTrouble: ["host"]
        case .certificateExpiring: ["subject", "not_after"]
        case .hookFailed: ["generation", "reason"]
        case .requestOutcome: ["request", "path", "line", "outcome", "rule"]
        case .requestDeferred: ["request", "path", "line", "source", "kid", "deadline"]
        case .requestExpired: ["request", "path", "line", "source", "kid"]
        case .requestMore: ["deferred"]
        case .batchStart: ["batch"]
        case .batchProgress:
            ["batch", "requests", "accepted", "rejected", "malformed", "deferred", "duplicate", "ms", "per_s"]
        case .sourceState: ["source", "class", "from", "to", "code", "reason", "last_good", "next_try"]
        case .batchDone: ["requests", "accepted", "rejected", "malformed", "deferred", "duplicate", "failed", "ms"]
        case .spoolMalformed, .spoolResultLost, .bundleImported, .bundleRejected, .bundleWaiting: ["path", "reason"]
        case .spoolRescan: ["path"]
        case .spoolSwept: ["files", "bytes", "ms"]
        }
    }
}
