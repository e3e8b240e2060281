import OpenBanking

/// The metrics of an installation, from the same facts as its status.
///
/// A part that is not there yet is left out; nothing here reads a file.
package struct MetricPage: Sendable {
    private let facts: StatusFacts
    private let assessment: StatusAssessment
    /// The versions of the program, OpenSSL, libcurl and SQLite.
    private let versions: [String]
    private let counters: CounterBook

    /// The page of `facts`, judged by `alerts`; `counters` are those kept in cache and ledger.
    package init(_ facts: StatusFacts, alerts: AlertSettings, versions: [String], counters: CounterBook) {
        self.facts = facts
        self.versions = versions
        self.counters = counters
        assessment = StatusAssessment(facts, alerts: alerts)
    }

    /// The page in the text format of Prometheus.
    package var text: String {
        var page = Exposition()
        if versions.count == 4 {
            page.add(.buildInfo, versions[0], versions[1], versions[2], versions[3], value: 1)
        }
        for part in StatusConcern.Part.allCases {
            page.add(.health, part.rawValue, value: Int64(assessment.health(of: part).checkCode))
        }
        page.add(.ready, value: isReady ? 1 : 0)
        page.add(.configOverrides, value: facts.overrides.count)
        if let keys = facts.keys { add(keys, to: &page) }
        if let spool = facts.spool { add(spool, to: &page) }
        if let work = facts.work { add(work, to: &page) }
        if let passes = facts.passes { add(passes, to: &page) }
        if let ledger = facts.ledger { add(ledger, to: &page) }
        page.add(counters)
        return page.text
    }

    /// Whether there are keys of the directory to judge by.
    private var isReady: Bool {
        guard let keys = facts.keys, keys.generation > 0, keys.directory != nil else { return false }
        let directory = keys.classes.first { $0.name == "directory" }
        return directory.map { $0.count(.unusable) == 0 } ?? false
    }

    private func add(_ keys: KeyFacts, to page: inout Exposition) {
        page.add(.snapshotGeneration, value: keys.generation)
        page.add(.snapshotBuilt, value: keys.builtAt)
        page.add(.directoryConfirmed, ifAny: keys.directory?.fetchedAt)
        page.add(.nextRefresh, ifAny: keys.nextRefresh)
        for row in keys.classes {
            page.add(.lastRefreshAttempt, row.name, ifAny: row.lastAttempt)
            page.add(.lastRefreshSuccess, row.name, ifAny: row.newest)
            page.add(.oldestConfirmed, row.name, ifAny: row.oldest)
            for sign in SourceFacts.Sign.allCases { page.add(.sources, row.name, sign.word, value: row.count(sign)) }
            page.add(.sourcesFailing, row.name, value: row.failing)
        }
        page.add(.keys, "usable", value: keys.keys.usable)
        page.add(.keys, "retired", value: keys.keys.retired)
        page.add(.keys, "revoked", value: keys.keys.revoked)
        page.add(.keysMissing, value: keys.missing.count)
        page.add(.hostsInTrouble, value: keys.troubles.count)
        page.add(.trustAnchors, value: keys.anchors)
        for role in [KeyFacts.Expiry.Role.anchor, .issuer] {
            // They come with the first to expire before the others.
            let first = keys.authorities.first { $0.role == role }
            page.add(.certificateNotAfter, role.rawValue, ifAny: first?.notAfter)
        }
        page.add(.certificateNotAfter, "directory_signing", ifAny: keys.directory?.notAfter)
        page.add(.certificateNotAfter, "client", ifAny: keys.client?.notAfter)
        page.add(.listNextUpdate, ifAny: keys.lists.compactMap(\.nextUpdate).min())
        if let bundle = keys.bundle, bundle.bringsDirectory {
            page.add(.bundleFreshUntil, value: bundle.freshUntil)
            page.add(.bundleExpires, value: bundle.usableUntil)
        }
        page.add(.clockBehind, value: keys.clockBehind)
        page.add(.databaseBytes, "cache", value: keys.databaseBytes)
        page.add(.walBytes, "cache", value: keys.walBytes)
    }

    private func add(_ spool: SpoolFacts, to page: inout Exposition) {
        page.add(.spoolFiles, "incoming", value: spool.incoming)
        page.add(.spoolFiles, "active", value: spool.active)
        page.add(.spoolFiles, "deferred", value: spool.deferred)
        page.add(.spoolFiles, "failed", value: spool.failed)
        page.add(.spoolOldest, "incoming", ifAny: spool.incoming > 0 ? spool.oldestIncoming : nil)
        page.add(.spoolOldest, "deferred", ifAny: spool.deferred > 0 ? spool.oldestDeferred : nil)
        page.add(.spoolNextTry, ifAny: spool.deferred > 0 ? spool.nextTry : nil)
        page.add(.spoolPaused, value: spool.isPaused ? 1 : 0)
        page.add(.diskFree, "spool", ifAny: spool.diskFree)
    }

    private func add(_ work: WorkFacts, to page: inout Exposition) {
        page.add(.lastPass, value: work.finishedAt)
        page.add(.lastPassDuration, milliseconds: work.milliseconds)
        let counts = [
            (Outcome.accepted, work.accepted), (.rejected, work.rejected), (.malformed, work.malformed),
            (.deferred, work.deferred), (.duplicate, work.duplicate),
        ]
        for (outcome, number) in counts { page.add(.lastPassRequests, outcome.rawValue, value: number) }
    }

    private func add(_ passes: PassFacts, to page: inout Exposition) {
        page.add(.lastGoodPass, ifAny: passes.goodAt)
        page.add(.lastFailedPass, ifAny: passes.failedAt)
        page.add(.failedPassesInARow, value: passes.inARow)
        for (name, number) in passes.totals.sorted(by: { $0.key < $1.key }) {
            page.add(.passFailures, name, value: number)
        }
    }

    private func add(_ ledger: LedgerFacts, to page: inout Exposition) {
        page.add(.ledgerClients, value: ledger.clients)
        page.add(.resultsPending, value: ledger.pendingResults)
        page.add(.resultsLost, value: ledger.lostResults)
        page.add(.batchesOpen, value: ledger.openBatches)
        page.add(.databaseBytes, "ledger", value: ledger.databaseBytes)
        page.add(.walBytes, "ledger", value: ledger.walBytes)
        page.add(.diskFree, "ledger", ifAny: ledger.diskFree)
        for outcome in Outcome.allCases { page.add(.requests, outcome.rawValue, value: ledger.answers[outcome] ?? 0) }
    }
}
