package import Encoding

/// The status of an installation for programs: one object, `"v":1`, times as RFC 3339.
package enum StatusJSON {
    /// Writes the object; `alerts` are the thresholds.
    package static func write(_ facts: StatusFacts, alerts: AlertSettings = AlertSettings(), into buffer: ByteBuffer) {
        let assessment = StatusAssessment(facts, alerts: alerts)
        var writer = JSONWriter(buffer)
        writer.beginObject()
        writer.member("v", 1)
        writer.member("version", facts.version)
        writer.member("time", Timestamp.rfc3339(facts.now))
        writer.member("status", assessment.health.rawValue)
        writer.member("environment", facts.environment)
        writer.member("config", facts.configuration)
        writer.name("running")
        optional(facts.running, &writer) { running, writer in
            writer.member("pid", Int64(running.processID))
            writer.member("since", Timestamp.rfc3339(running.since))
        }
        writer.name("keys")
        optional(facts.keys, &writer) { write($0, assessment, &$1) }
        writer.name("spool")
        optional(facts.spool, &writer) { write($0, assessment, &$1) }
        writer.name("work")
        optional(facts.work, &writer) { write($0, assessment, &$1) }
        writer.name("passes")
        optional(facts.passes, &writer) { passes, writer in
            time("good_at", passes.goodAt, &writer)
            time("failed_at", passes.failedAt, &writer)
            writer.name("failure")
            if passes.failedAt == nil { writer.null() } else { writer.string(passes.failure) }
            writer.member("in_a_row", passes.inARow)
        }
        writer.name("ledger")
        optional(facts.ledger, &writer) { ledger, writer in
            writer.member("status", assessment.health(of: .ledger).rawValue)
            writer.member("clients", ledger.clients)
            writer.member("lost_results", ledger.lostResults)
            writer.member("is_older", ledger.isOlder)
            time("last_export", ledger.lastExportAt, &writer)
            number("changed_since_export", ledger.lastExportAt.map { _ in Int64(ledger.changedSinceExport) }, &writer)
            writer.member("db_bytes", ledger.databaseBytes)
            writer.member("wal_bytes", ledger.walBytes)
            number("disk_free_bytes", ledger.diskFree, &writer)
        }
        writer.member("older_ledger", facts.hasOlderLedger)
        writer.member("older_cache", facts.hasOlderCache)
        writer.member("overrides", facts.overrides)
        write(assessment.concerns, &writer)
        writer.endObject()
    }

    private static func write(_ keys: KeyFacts, _ assessment: StatusAssessment, _ writer: inout JSONWriter) {
        writer.member("status", assessment.health(of: .keys).rawValue)
        writer.member("generation", keys.generation)
        writer.member("built_at", Timestamp.rfc3339(keys.builtAt))
        time("next_refresh", keys.nextRefresh, &writer)
        writer.member("anchors", keys.anchors)
        writer.name("sources")
        writer.beginObject()
        writer.member("total", keys.sources.total)
        writer.member("fresh", keys.sources.fresh)
        writer.member("stale", keys.sources.stale)
        writer.member("unusable", keys.sources.unusable)
        writer.member("held", keys.sources.held)
        writer.member("never", keys.sources.never)
        writer.member("unreached", keys.sources.unreached)
        writer.endObject()
        SourcesJSON.write(keys.classes, &writer)
        SourcesJSON.write(keys.lists, &writer)
        writer.name("keys")
        writer.beginObject()
        writer.member("total", keys.keys.total)
        writer.member("usable", keys.keys.usable)
        writer.member("retired", keys.keys.retired)
        writer.member("revoked", keys.keys.revoked)
        writer.endObject()
        writer.name("directory")
        optional(keys.directory, &writer) { directory, writer in
            writer.member("name", directory.name)
            writer.member("keys", directory.keys)
            writer.member("fetched_at", Timestamp.rfc3339(directory.fetchedAt))
            writer.member("kid", directory.keyID)
        }
        writer.name("oldest")
        optional(keys.oldest, &writer) { source, writer in
            writer.member("name", source.name)
            time("last_good", source.lastGood, &writer)
            writer.member("reason", source.reason)
            writer.member("failures", source.failures)
            time("usable_until", source.usableUntil, &writer)
        }
        writer.name("expiring")
        optional(keys.expiring, &writer) { expiry, writer in
            writer.member("name", expiry.name)
            writer.member("not_after", Timestamp.rfc3339(expiry.notAfter))
        }
        writer.name("authorities")
        writer.beginArray()
        for authority in keys.authorities {
            writer.beginObject()
            writer.member("name", authority.name)
            writer.member("not_after", Timestamp.rfc3339(authority.notAfter))
            writer.endObject()
        }
        writer.endArray()
        writer.name("troubles")
        writer.beginArray()
        for trouble in keys.troubles {
            writer.beginObject()
            writer.member("host", trouble.host)
            writer.member("since", Timestamp.rfc3339(trouble.since))
            writer.member("affected", trouble.affected)
            writer.member("known", trouble.known)
            writer.endObject()
        }
        writer.endArray()
        writer.name("bundle")
        if let bundle = keys.bundle {
            writer.beginObject()
            writer.member("repository", bundle.repository)
            writer.member("version", bundle.version)
            writer.member("created", Timestamp.rfc3339(bundle.created))
            writer.member("fresh_until", Timestamp.rfc3339(bundle.freshUntil))
            writer.member("usable_until", Timestamp.rfc3339(bundle.usableUntil))
            writer.member("extended_why", bundle.extendedWhy)
            writer.member("brings_directory", bundle.bringsDirectory)
            writer.endObject()
        } else {
            writer.null()
        }
        writer.name("clock_behind_s")
        writer.integer(keys.clockBehind)
        writer.name("missing")
        writer.beginArray()
        for missing in keys.missing {
            writer.beginObject()
            writer.member("url", missing.url)
            writer.member("kid", missing.keyID)
            writer.member("requests", missing.requests)
            writer.endObject()
        }
        writer.endArray()
    }

    private static func write(_ spool: SpoolFacts, _ assessment: StatusAssessment, _ writer: inout JSONWriter) {
        writer.member("status", assessment.health(of: .spool).rawValue)
        writer.member("incoming", spool.incoming)
        time("oldest_incoming", spool.oldestIncoming, &writer)
        writer.member("active", spool.active)
        writer.member("deferred", spool.deferred)
        time("oldest_deferred", spool.oldestDeferred, &writer)
        time("next_try", spool.nextTry, &writer)
        writer.member("failed", spool.failed)
        number("disk_free_bytes", spool.diskFree, &writer)
    }

    private static func write(_ work: WorkFacts, _ assessment: StatusAssessment, _ writer: inout JSONWriter) {
        writer.member("status", assessment.health(of: .work).rawValue)
        writer.member("finished_at", Timestamp.rfc3339(work.finishedAt))
        writer.member("ms", work.milliseconds)
        writer.member("requests", work.requests)
        writer.member("accepted", work.accepted)
        writer.member("rejected", work.rejected)
        writer.member("malformed", work.malformed)
        writer.member("deferred", work.deferred)
        writer.member("duplicate", work.duplicate)
    }

    private static func write(_ concerns: [StatusConcern], _ writer: inout JSONWriter) {
        writer.name("concerns")
        writer.beginArray()
        for concern in concerns {
            writer.beginObject()
            writer.member("part", concern.part.rawValue)
            writer.member("status", concern.health.rawValue)
            writer.member("message", concern.sentence)
            writer.member("remedy", concern.remedy)
            writer.endObject()
        }
        writer.endArray()
    }

    private static func optional<Part>(
        _ part: Part?,
        _ writer: inout JSONWriter,
        _ body: (Part, inout JSONWriter) -> Void
    ) {
        guard let part else {
            writer.null()
            return
        }
        writer.beginObject()
        body(part, &writer)
        writer.endObject()
    }

    private static func time(_ name: StaticString, _ time: UnixTime?, _ writer: inout JSONWriter) {
        writer.member(name, time.map { Timestamp.rfc3339($0) })
    }

    private static func number(_ name: StaticString, _ number: Int64?, _ writer: inout JSONWriter) {
        writer.name(name)
        if let number { writer.integer(number) } else { writer.null() }
    }
}
