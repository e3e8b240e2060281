/// What each metric says, which labels it has, and when it is an alarm.
extension Metric {
    /// What it is, in a few words; the HELP line.
    package var meaning: String {
        switch self {
        case .buildInfo: "1, with the versions of the program and of the libraries it runs with."
        case .health: "What status --check thinks of a part: 0 ok, 1 warning, 2 critical, 3 unknown."
        case .ready: "1 when the directory's keys are in the cache and may be used, else 0."
        case .configOverrides: "Rules whose severity the configuration changes."
        case .snapshotGeneration: "The number of the snapshot requests are judged by; 0 before the first fetch."
        case .snapshotBuilt: "When the content of the snapshot last changed."
        case .directoryConfirmed: "When the directory's own key set was last confirmed."
        case .lastRefreshAttempt: "When a source was last fetched, whatever came of it."
        case .lastRefreshSuccess: "When a source was last confirmed."
        case .oldestConfirmed: "When the source that waits longest was last confirmed; never-fetched ones left out."
        case .nextRefresh: "When the next source is due."
        case .sources: "Sources of keys and revocation lists by state; each counts once."
        case .sourcesFailing: "Sources whose last attempt failed."
        case .keys: "Keys in the cache by state."
        case .keysMissing: "Keys and sets that waiting requests need and the cache does not have."
        case .hostsInTrouble: "Hosts of which many sets lost their keys at once, undecided."
        case .trustAnchors: "Trust anchors and issuing certificates loaded."
        case .certificateNotAfter: "When the first of the certificates with this role expires."
        case .listNextUpdate: "The earliest nextUpdate of the revocation lists in use."
        case .bundleFreshUntil: "Half of the life of the signed bundle in use: from then on a newer one is due."
        case .bundleExpires: "The end of the signed bundle in use, or what an operator decided; then new work waits."
        case .clockBehind: "How far the clock is behind a time the cache has seen; 0 when it is well."
        case .spoolFiles: "Files in a folder of the spool; in deferred, requests that wait for keys."
        case .spoolOldest: "Since when the oldest of them is there."
        case .spoolNextTry: "When a waiting request is tried again."
        case .spoolPaused: "1 while an operator asks for a pause, else 0."
        case .lastPass: "When the last pass over the spool that had work ended."
        case .lastPassDuration: "How long it took."
        case .lastGoodPass: "When a pass over the spool last went through, with work or without."
        case .lastFailedPass: "When a pass last ended early, such as on a full disk (exit code 75)."
        case .failedPassesInARow: "How many passes ended early since one went through."
        case .lastPassRequests: "What it did, by outcome."
        case .ledgerClients: "Clients registered now."
        case .resultsPending: "Results committed and not yet marked as published."
        case .resultsLost: "Results committed and not in their place, nor marked as taken; an operator must decide."
        case .batchesOpen: "Batches begun and not finished."
        case .databaseBytes: "Size of a database, without its write-ahead log."
        case .walBytes: "Size of its write-ahead log."
        case .diskFree: "Bytes free on the disk of the spool or the ledger."
        case .refreshes: "Fetches of sources by what came of them."
        case .refreshFailures: "Fetches that failed or were refused, by the name of the failure (docs/FAILURES.md)."
        case .refreshDuration: "How long fetches took; those that were not tried left out."
        case .cacheEvents: "What happened to keys, sets and lists, by the name of the event."
        case .unknownKeys: "Keys a pass found missing, each once a pass."
        case .clockSteps: "How often the daemon saw the clock set back."
        case .requests: "Requests answered by outcome; a deferred one counts once more when it is decided."
        case .requestsByCertificate: "Requests answered by outcome and the transport certificate that came along."
        case .rejections: "Requests refused, by the rule that decided it; a rule appears with its first refusal."
        case .passes: "Passes over the spool that had work."
        case .passFailures: "Passes that ended early, by the name of the failure; no request is lost by one."
        case .passDuration: "How long those passes took."
        case .stageDuration: "How long the stages of groups took; a group is up to 1024 requests."
        case .setAside: "Files put into failed/."
        }
    }

    /// The names of its labels, in their order.
    package var labels: [String] {
        switch self {
        case .buildInfo: ["version", "openssl", "libcurl", "sqlite"]
        case .health: ["part"]
        case .lastRefreshAttempt, .lastRefreshSuccess, .oldestConfirmed, .sourcesFailing, .refreshDuration: ["class"]
        case .sources: ["class", "state"]
        case .keys: ["state"]
        case .certificateNotAfter: ["role"]
        case .spoolFiles, .spoolOldest: ["folder"]
        case .lastPassRequests, .requests: ["outcome"]
        case .databaseBytes, .walBytes: ["db"]
        case .diskFree: ["disk"]
        case .refreshes: ["class", "result"]
        case .refreshFailures, .passFailures: ["code"]
        case .cacheEvents: ["event"]
        case .requestsByCertificate: ["outcome", "profile"]
        case .stageDuration: ["stage"]
        case .rejections: ["rule"]
        default: []
        }
    }

    /// Which values its labels take; empty where it has none.
    package var values: String {
        switch self {
        case .buildInfo: "versions"
        case .health: "keys, spool, work, ledger, policy"
        case .sources: "class; fresh, stale, never, held, unusable"
        case .keys: "usable, retired, revoked"
        case .certificateNotAfter: "anchor, issuer, directory_signing, client"
        case .spoolFiles: "incoming, active, deferred, failed"
        case .spoolOldest: "incoming, deferred"
        case .lastPassRequests, .requests: "accepted, rejected, malformed, deferred, duplicate"
        case .databaseBytes, .walBytes: "cache, ledger"
        case .diskFree: "spool, ledger"
        case .refreshes: "class; updated, unchanged, unreachable, invalid, held"
        case .passFailures: "names of failures, such as spool_disk_full; other for the rest"
        case .refreshFailures: "names of failures; statuses as status_4xx"
        case .cacheEvents: "such as key.added, key.revoked, set.held"
        case .requestsByCertificate: "outcome; legacy, obwac, qwac, other, none"
        case .stageDuration: "judge, decide, stage, commit, publish"
        case .rejections: "R-001 to R-160"
        case .lastRefreshAttempt, .lastRefreshSuccess, .oldestConfirmed, .sourcesFailing, .refreshDuration: "class"
        default: ""
        }
    }
}
