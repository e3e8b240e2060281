import Encoding
import KeyCache
import Operations
import Refresh

/// The cache in the words of the status screens.
struct CacheFacts {
    let summary: CacheSummary
    let sources: [Source]
    let holds: [Hold]
    let configuration: Configuration
    var bundle: BundleRecord?

    /// The screen `status`.
    var facts: KeyFacts {
        var facts = KeyFacts(generation: summary.generation, builtAt: builtAt)
        let shown = shownSources
        facts.nextRefresh = summary.nextRefresh
        facts.classes = shown.classes
        facts.lists = shown.lists
        for row in shown.classes {
            facts.sources.fresh += row.count(.fresh)
            facts.sources.stale += row.count(.stale)
            facts.sources.unusable += row.count(.unusable)
            facts.sources.held += row.count(.held)
            facts.sources.never += row.count(.never)
        }
        facts.sources.unreached = shown.sources.count { $0.sign == .never && $0.failures > 0 }
        facts.keys.usable = summary.keys.usable
        facts.keys.retired = summary.keys.retired
        facts.keys.revoked = summary.keys.revoked
        facts.directory = directory
        facts.oldest = oldest
        facts.authorities = summary.expiringAnchors.map {
            KeyFacts.Expiry(
                name: Self.authority($0.subject),
                notAfter: $0.notAfter,
                role: $0.isSelfIssued ? .anchor : .issuer
            )
        }
        facts.troubles = summary.alerts.map { alert in
            KeyFacts.Trouble(host: alert.host, since: alert.since, affected: alert.affected, known: alert.known)
        }
        facts.clockBehind = summary.clockBehind
        facts.bundle = bundle.map { bundle in
            BundleFacts(
                repository: bundle.repository,
                version: bundle.version,
                created: bundle.created,
                freshUntil: bundle.freshUntil,
                usableUntil: bundle.usableUntil,
                extendedWhy: bundle.word?.why,
                bringsDirectory: sources.contains { $0.class == .directory && $0.isOfBundle }
            )
        }
        return facts
    }

    /// The screen `status --sources`.
    var shownSources: SourcesFacts {
        let held = Dictionary(holds.map { ($0.sourceID, $0) }, uniquingKeysWith: { first, _ in first })
        var facts = SourcesFacts(
            now: summary.judgedAt,
            generation: summary.generation,
            sources: sources.map { shown($0, held[$0.id]) },
            classNames: SourceClass.allCases.map(\.rawValue)
        )
        facts.lists = summary.lists.map { list in
            var shown = ListFacts(url: list.url, entries: list.entries)
            (shown.issuer, shown.number) = (list.issuer, list.number)
            (shown.thisUpdate, shown.nextUpdate, shown.lastGood) = (list.thisUpdate, list.nextUpdate, list.confirmedAt)
            return shown
        }
        return facts
    }

    private func shown(_ source: Source, _ hold: Hold?) -> SourceFacts {
        let sign: SourceFacts.Sign =
            switch SourceHealth(source, isHeld: hold != nil, at: summary.judgedAt) {
            case .ok, .failing: .fresh
            case .stale: .stale
            case .never: .never
            case .held: .held
            case .unusable: .unusable
            }
        var shown = SourceFacts(
            name: Self.name(source),
            url: source.url,
            className: source.class.rawValue,
            sign: sign,
            nextDue: source.nextDue
        )
        shown.reach = source.reach
        (shown.lastGood, shown.lastAttempt) = (source.lastSuccess, source.lastAttempt)
        shown.usableUntil = source.usableUntil
        (shown.failures, shown.error) = (source.failureCount, source.lastError)
        shown.etag = source.etag
        shown.hold = hold.map { SourceFacts.Hold(id: $0.id, rule: $0.rule.rawValue, since: $0.firstSeen) }
        return shown
    }

    /// When the content last changed, which is when its generation was made.
    private var builtAt: UnixTime { sources.compactMap(\.lastChange).max() ?? summary.judgedAt }

    private var directory: KeyFacts.Directory? {
        let url = configuration.directory.jwks
        guard let row = summary.directory.first(where: { $0.url == url }), let fetchedAt = row.confirmedAt else {
            return nil
        }
        return KeyFacts.Directory(
            name: Self.file(url),
            keys: row.kids.count,
            fetchedAt: fetchedAt,
            keyID: row.kids.count == 1 ? row.kids.first : nil,
            notAfter: row.notAfter
        )
    }

    /// The source in use that is worst off: stale or unusable, its last good fetch longest ago.
    private var oldest: KeyFacts.Source? {
        let troubled = sources.filter { source in
            let state = source.state(at: summary.judgedAt)
            return state == .stale || state == .unusable
        }
        guard let worst = troubled.min(by: { ($0.lastSuccess ?? 0, $0.id) < ($1.lastSuccess ?? 0, $1.id) }) else {
            return nil
        }
        return KeyFacts.Source(
            name: Self.name(worst),
            lastGood: worst.lastSuccess,
            reason: worst.lastError ?? "not refreshed",
            failures: worst.failureCount,
            usableUntil: worst.usableUntil
        )
    }

    /// The common name of an authority; its whole name where it has none in front.
    private static func authority(_ subject: String) -> String {
        guard subject.hasPrefix("CN=") else { return subject }
        var name = ""
        var isEscaped = false
        for character in subject.dropFirst(3) {
            if character == ",", !isEscaped { break }
            isEscaped = character == "\\" && !isEscaped
            name.append(character)
        }
        return name
    }

    private static func name(_ source: Source) -> String {
        source.softwareID ?? source.organisationID ?? file(source.url)
    }

    private static func file(_ url: String) -> String { url.split(separator: "/").last.map(String.init) ?? url }
}
