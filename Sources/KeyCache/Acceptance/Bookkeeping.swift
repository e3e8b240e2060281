import Encoding
import GRDB

/// Writes how an attempt went into the source's row, and tells readers to look.
struct Bookkeeping {
    let settings: CacheSettings
    let source: Source
    let moment: Moment
    let jitter: Double
    /// How long a bundle says that what it brought is good, in place of the limits of the class.
    var life: BundleLife?

    private var schedule: Schedule { Schedule(settings.limits(for: source.class)) }

    /// A body took effect, or was received again in other words.
    func succeed(_ db: Database, _ body: ReceivedBody, nextUpdate: UnixTime? = nil, isContent: Bool) throws {
        try record(db, body: body.digest, body.validators, nextUpdate: nextUpdate)
        if isContent || source.contentGeneration == 0 {
            try SourceTable.change(
                db,
                source.id,
                at: moment.judged,
                generation: try Meta.nextGeneration(db, at: moment.judged)
            )
        }
        try Meta.beat(db, at: moment.judged)
    }

    /// The body in use was confirmed; validators that were not sent again stay.
    func confirm(_ db: Database, _ validators: Validators, nextUpdate: UnixTime? = nil) throws {
        var validators = validators
        validators.etag = validators.etag ?? source.etag
        validators.lastModified = validators.lastModified ?? source.lastModified
        try record(db, body: nil, validators, nextUpdate: nextUpdate)
        try Meta.beat(db, at: moment.judged)
    }

    /// A body waits: the fetch went well, but nothing good was confirmed, so what is in use ages on.
    func held(_ db: Database, _ rule: HoldRule, isContent: Bool) throws {
        let next = schedule.success(at: moment.clock, jitter: jitter).nextDue
        try SourceTable.hold(db, source.id, error: BodyFailureKind(rule).rawValue, at: moment.clock, next: next)
        if isContent {
            try SourceTable.change(
                db,
                source.id,
                at: moment.judged,
                generation: try Meta.nextGeneration(db, at: moment.judged)
            )
        }
        try Meta.beat(db, at: moment.judged)
    }

    /// Something beside the body changed what a snapshot shows.
    func note(_ db: Database, isContent: Bool) throws {
        if isContent {
            let generation = try Meta.nextGeneration(db, at: moment.judged)
            try SourceTable.change(db, source.id, at: moment.judged, generation: generation)
        }
        try Meta.beat(db, at: moment.judged)
    }

    /// The attempt failed; everything that was good stays as it was.
    func fail(_ db: Database, code: String, retryAfter: Int64? = nil) throws {
        let next = schedule.retry(
            at: moment.clock,
            failures: source.failureCount + 1,
            retryAfter: retryAfter,
            jitter: jitter
        )
        try SourceTable.fail(db, source.id, error: code, at: moment.clock, next: next)
        try Meta.raiseFloor(db, to: moment.judged)
    }

    private func record(_ db: Database, body: [UInt8]?, _ validators: Validators, nextUpdate: UnixTime?) throws {
        var times: Schedule.Times
        let isScattered = source.lastSuccess == nil || source.failureCount > 0
        if let nextUpdate {
            times = schedule.success(
                at: moment.fetched,
                nextUpdate: nextUpdate,
                hints: validators.hints,
                jitter: jitter,
                isScattered: isScattered
            )
        } else {
            times = schedule.success(
                at: moment.fetched,
                hints: validators.hints,
                jitter: jitter,
                isScattered: isScattered
            )
        }
        // Fresh and usable count from the fetch, the next attempt by the clock: one that was wrong heals by itself.
        times.nextDue += moment.clock - moment.fetched
        let success = SourceTable.Success(
            body: body,
            etag: validators.etag,
            lastModified: validators.lastModified,
            attempt: moment.clock,
            confirmed: moment.fetched,
            recorded: moment.judged,
            times: times,
            bundle: life?.bundle
        )
        try SourceTable.succeed(db, source.id, success)
    }
}
