/// Every metric there is, by its name; docs/METRICS.md lists them.
///
/// Labels are bounded: each takes its values from a closed list of ours, never from a request, a file or a directory.
package enum Metric: String, CaseIterable, Sendable {
    case buildInfo = "counterfoil_build_info"
    case health = "counterfoil_health"
    case ready = "counterfoil_ready"
    case configOverrides = "counterfoil_config_overrides"
    case snapshotGeneration = "counterfoil_snapshot_generation"
    case snapshotBuilt = "counterfoil_snapshot_built_timestamp_seconds"
    case directoryConfirmed = "counterfoil_directory_confirmed_timestamp_seconds"
    case lastRefreshAttempt = "counterfoil_last_refresh_attempt_timestamp_seconds"
    case lastRefreshSuccess = "counterfoil_last_refresh_success_timestamp_seconds"
    case oldestConfirmed = "counterfoil_oldest_confirmed_timestamp_seconds"
    case nextRefresh = "counterfoil_next_refresh_timestamp_seconds"
    case sources = "counterfoil_sources"
    case sourcesFailing = "counterfoil_sources_failing"
    case keys = "counterfoil_keys"
    case keysMissing = "counterfoil_keys_missing"
    case hostsInTrouble = "counterfoil_hosts_in_trouble"
    case trustAnchors = "counterfoil_trust_anchors"
    case certificateNotAfter = "counterfoil_certificate_not_after_timestamp_seconds"
    case listNextUpdate = "counterfoil_crl_next_update_timestamp_seconds"
    case bundleFreshUntil = "counterfoil_bundle_fresh_until_timestamp_seconds"
    case bundleExpires = "counterfoil_bundle_expires_timestamp_seconds"
    case clockBehind = "counterfoil_clock_behind_seconds"
    case spoolFiles = "counterfoil_spool_files"
    case spoolOldest = "counterfoil_spool_oldest_timestamp_seconds"
    case spoolNextTry = "counterfoil_spool_next_try_timestamp_seconds"
    case spoolPaused = "counterfoil_spool_paused"
    case lastPass = "counterfoil_last_pass_timestamp_seconds"
    case lastPassDuration = "counterfoil_last_pass_duration_seconds"
    case lastPassRequests = "counterfoil_last_pass_requests"
    case lastGoodPass = "counterfoil_last_good_pass_timestamp_seconds"
    case lastFailedPass = "counterfoil_last_failed_pass_timestamp_seconds"
    case failedPassesInARow = "counterfoil_failed_passes_in_a_row"
    case ledgerClients = "counterfoil_ledger_clients"
    case resultsPending = "counterfoil_results_pending"
    case resultsLost = "counterfoil_results_lost"
    case batchesOpen = "counterfoil_batches_open"
    case databaseBytes = "counterfoil_db_bytes"
    case walBytes = "counterfoil_wal_bytes"
    case diskFree = "counterfoil_disk_free_bytes"
    case refreshes = "counterfoil_refresh_total"
    case refreshFailures = "counterfoil_refresh_failures_total"
    case refreshDuration = "counterfoil_refresh_duration_seconds"
    case cacheEvents = "counterfoil_cache_events_total"
    case unknownKeys = "counterfoil_unknown_kid_total"
    case clockSteps = "counterfoil_clock_step_total"
    case requests = "counterfoil_requests_total"
    case requestsByCertificate = "counterfoil_requests_by_certificate_total"
    case rejections = "counterfoil_rejections_total"
    case passes = "counterfoil_passes_total"
    case passFailures = "counterfoil_pass_failures_total"
    case passDuration = "counterfoil_pass_duration_seconds"
    case stageDuration = "counterfoil_stage_duration_seconds"
    case setAside = "counterfoil_files_set_aside_total"

    /// What Prometheus has to know about its values.
    package var kind: MetricKind {
        if let bounds = Self.bounds[self] { return .histogram(milliseconds: bounds) }
        return rawValue.hasSuffix("_total") ? .counter : .gauge
    }

    /// The upper bounds of histograms, in milliseconds.
    private static let bounds: [Metric: [Int64]] = [
        .refreshDuration: [50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000],
        .stageDuration: [1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 5000],
        .passDuration: [100, 500, 1000, 5000, 15_000, 60_000, 300_000, 1_800_000],
    ]
}
