import Encoding

/// What is wrong with an installation, by its facts and the thresholds of the configuration.
///
/// The rules in one table, worst first within a part: the screen, its JSON and `status --check` all read this.
package struct StatusAssessment: Sendable {
    /// Everything that is not well, by part.
    package let concerns: [StatusConcern]

    /// Judges `facts` by `alerts`.
    package init(_ facts: StatusFacts, alerts: AlertSettings = AlertSettings()) {
        let found =
            Self.keys(facts, alerts) + Self.spool(facts, alerts) + Self.work(facts) + Self.ledger(facts, alerts)
            + Self.policy(facts)
        concerns = found.filter { $0.health != .ok }
    }

    /// The worst of all parts.
    package var health: Health { concerns.map(\.health).max() ?? .ok }

    /// The worst of one part.
    package func health(of part: StatusConcern.Part) -> Health {
        concerns.filter { $0.part == part }.map(\.health).max() ?? .ok
    }

    private static func keys(_ facts: StatusFacts, _ alerts: AlertSettings) -> [StatusConcern] {
        guard !facts.hasOlderCache else {
            return [
                StatusConcern(
                    part: .keys,
                    health: .warning,
                    sentence: "The cache is as an earlier version left it; the next refresh brings it up to date.",
                    remedy: facts.access.command
                )
            ]
        }
        guard let keys = facts.keys else {
            return [
                StatusConcern(
                    part: .keys,
                    health: .critical,
                    sentence: "There is no cache of keys yet, so every request waits.",
                    remedy: facts.access.command
                )
            ]
        }
        return clock(keys) + bundle(keys, facts) + directory(keys, facts, alerts) + troubles(keys, facts)
            + sources(keys, facts, alerts)
            + expiry(keys, facts, alerts)
    }

    /// How far the clock may be behind what the cache has seen before that is an alarm, in seconds.
    package static let clockTolerance: Int64 = 300

    private static func clock(_ keys: KeyFacts) -> [StatusConcern] {
        let behind = keys.clockBehind
        return [
            StatusConcern(
                part: .keys,
                health: behind > clockTolerance ? .critical : .ok,
                sentence: "The clock is \(Age.text(seconds: behind)) behind a time the cache has seen.",
                remedy: "set the system's clock"
            )
        ]
    }

    private static func bundle(_ keys: KeyFacts, _ facts: StatusFacts) -> [StatusConcern] {
        guard let bundle = keys.bundle else { return [] }
        return [
            StatusConcern(
                part: .keys,
                health: bundle.health(at: facts.now),
                sentence: bundle.sentence(at: facts.now),
                remedy: "bring the next bundle: \(RefreshAccess.offline.command)"
            )
        ]
    }

    private static func directory(_ keys: KeyFacts, _ facts: StatusFacts, _ alerts: AlertSettings) -> [StatusConcern] {
        guard let directory = keys.directory else {
            return [
                StatusConcern(
                    part: .keys,
                    health: .critical,
                    sentence: "The directory's key set was never fetched, so no software statement can be verified.",
                    remedy: facts.access.commandForAll
                )
            ]
        }
        let age = Interval.seconds(max(0, facts.now - directory.fetchedAt))
        let anchors = StatusConcern(
            part: .keys,
            health: keys.anchors == 0 ? .critical : .ok,
            sentence: "There are no trust anchors that can be used, so no transport certificate can be accepted.",
            remedy: "put root and issuing certificates into the folder trust.anchors names"
        )
        let aged = StatusConcern(
            part: .keys,
            health: alerts.keyAge.health(rising: age),
            sentence: "The directory's key set is \(Age.text(seconds: age.seconds)) old.",
            remedy: facts.access.command
        )
        // A site that lives on bundles is as current as its last one, which has its own alarm.
        return keys.bundle?.bringsDirectory == true ? [anchors] : [anchors, aged]
    }

    private static func troubles(_ keys: KeyFacts, _ facts: StatusFacts) -> [StatusConcern] {
        keys.troubles.map { trouble in
            let host = Printable.text(trouble.host, limit: 80)
            return StatusConcern(
                part: .keys,
                health: .warning,
                sentence: "\(trouble.affected) of \(trouble.known) sets of \(host) lost their keys at once,"
                    + " \(Age.text(seconds: max(0, facts.now - trouble.since))) ago; none of its keys goes until that is decided.",
                remedy: "ask the directory, then counterfoil keys hold accept or reject --host \(host)"
            )
        }
    }

    private static func sources(_ keys: KeyFacts, _ facts: StatusFacts, _ alerts: AlertSettings) -> [StatusConcern] {
        let sources = keys.sources
        return [
            StatusConcern(
                part: .keys,
                health: sources.unusable > 0 ? .critical : .ok,
                sentence:
                    "\(Figure.plural(sources.unusable, "source is", "sources are")) too old to use; requests that need it wait.",
                remedy: facts.access.commandForAll
            ),
            StatusConcern(
                part: .keys,
                health: sources.unreached > 0 ? .warning : .ok,
                sentence:
                    "\(Figure.plural(sources.unreached, "source was", "sources were")) tried and never fetched; requests that need it wait.",
                remedy: "counterfoil status --sources"
            ),
            StatusConcern(
                part: .keys,
                health: sources.held > 0 ? .warning : .ok,
                sentence:
                    "\(Figure.plural(sources.held, "source is", "sources are")) held because of a suspicious change.",
                remedy: "counterfoil keys hold list"
            ),
            StatusConcern(
                part: .keys,
                health: alerts.staleSources.health(rising: sources.stale),
                sentence:
                    "\(Figure.plural(sources.stale, "source is", "sources are")) stale; the last good keys are used.",
                remedy: facts.access.command
            ),
        ]
    }

    private static func expiry(_ keys: KeyFacts, _ facts: StatusFacts, _ alerts: AlertSettings) -> [StatusConcern] {
        (keys.authorities + [keys.client].compactMap(\.self)).map { expiring in
            let left = expiring.notAfter - facts.now
            let name = Printable.text(expiring.name, limit: 80)
            return StatusConcern(
                part: .keys,
                health: alerts.certificateExpiry.health(falling: .seconds(max(0, left))),
                sentence: left > 0
                    ? "\(name) expires in \(Age.text(seconds: left)), on \(Timestamp.day(expiring.notAfter))."
                    : "\(name) expired on \(Timestamp.day(expiring.notAfter)).",
                remedy: expiring.role == .client
                    ? "replace the files directory.client_certificate and directory.client_key name"
                    : "add its successor to the folder trust.anchors names"
            )
        }
    }

    private static func spool(_ facts: StatusFacts, _ alerts: AlertSettings) -> [StatusConcern] {
        guard let spool = facts.spool else {
            return [
                StatusConcern(
                    part: .spool,
                    health: .critical,
                    sentence: "The spool cannot be read.",
                    remedy: "create the folder spool.path names, or correct the setting"
                )
            ]
        }
        func age(_ time: UnixTime?) -> Interval { .seconds(time.map { max(0, facts.now - $0) } ?? 0) }
        let (oldest, waiting) = (age(spool.oldestDeferred), age(spool.oldestIncoming))
        let deferral = max(
            alerts.deferred.health(rising: spool.deferred),
            spool.deferred > 0 ? alerts.oldestDeferred.health(rising: oldest) : .ok
        )
        return [
            StatusConcern(
                part: .spool,
                health: deferral,
                sentence: "\(Figure.plural(spool.deferred, "request waits", "requests wait")) for keys, the oldest"
                    + " for \(Age.text(seconds: oldest.seconds)).",
                remedy: "counterfoil status --missing"
            ),
            StatusConcern(
                part: .spool,
                health: spool.incoming > 0 ? alerts.oldestIncoming.health(rising: waiting) : .ok,
                sentence: "A file has been in incoming for \(Age.text(seconds: waiting.seconds)).",
                remedy: "counterfoil process"
            ),
            StatusConcern(
                part: .spool,
                health: spool.isPaused ? .warning : .ok,
                sentence: "A pause is asked for, so nothing is taken.",
                remedy: "remove the file pause from the folder control of the spool"
            ),
            StatusConcern(
                part: .spool,
                health: spool.shortage == nil ? .ok : .critical,
                sentence: "Nothing is taken: \(spool.shortage?.words ?? "") on the disk of the spool.",
                remedy: spool.shortage?.remedy ?? ""
            ),
        ] + disk(spool.diskFree, .spool, alerts)
    }

    private static func work(_ facts: StatusFacts) -> [StatusConcern] {
        guard let passes = facts.passes else { return [] }
        return [
            StatusConcern(
                part: .work,
                health: passes.health,
                sentence: passes.sentence(at: facts.now),
                remedy: "counterfoil process, which says what is to be done"
            )
        ]
    }

    private static func ledger(_ facts: StatusFacts, _ alerts: AlertSettings) -> [StatusConcern] {
        let lost = facts.ledger?.lostResults ?? 0
        return [
            StatusConcern(
                part: .ledger,
                health: facts.ledger?.isOlder == true ? .critical : .ok,
                sentence: "The ledger is older than the one this spool was used with; nothing is processed.",
                remedy: "restore the newest ledger, or correct ledger.path"
            ),
            StatusConcern(
                part: .ledger,
                health: lost > 0 ? .critical : .ok,
                sentence:
                    "\(Figure.plural(lost, "result is", "results are")) lost: committed, not visible in its place,"
                    + " nor marked as taken.",
                remedy: "compare with results, failed/conflict and consumers: FORMATS, lost results"
            ),
            StatusConcern(
                part: .ledger,
                health: facts.hasOlderLedger ? .warning : .ok,
                sentence: "The ledger is as an earlier version left it; the next pass brings it up to date.",
                remedy: "counterfoil process"
            ),
        ] + disk(facts.ledger?.diskFree, .ledger, alerts)
    }

    private static func disk(_ free: Int64?, _ part: StatusConcern.Part, _ alerts: AlertSettings) -> [StatusConcern] {
        guard let free else { return [] }
        return [
            StatusConcern(
                part: part,
                health: alerts.diskFree.health(falling: ByteSize(bytes: Int(free))),
                sentence: "The disk of the \(part.rawValue) has \(Figure.bytes(free)) free.",
                remedy: "make room"
            )
        ]
    }

    private static func policy(_ facts: StatusFacts) -> [StatusConcern] {
        let changed = facts.overrides.map { Printable.text($0, limit: 20) }.joined(separator: ", ")
        return [
            StatusConcern(
                part: .policy,
                health: facts.overrides.isEmpty ? .ok : .warning,
                sentence: "The policy overrides \(changed).",
                remedy: "counterfoil config show"
            )
        ]
    }
}
