import Encoding
import KeyCache
import Operations
import Refresh

/// The cache in the words of the status screen.
struct CacheFacts {
    let summary: CacheSummary
    let sources: [Source]
    let configuration: Configuration

    var facts: KeyFacts {
        var facts = KeyFacts(generation: summary.generation, builtAt: builtAt)
        facts.nextRefresh = summary.nextRefresh
        for row in summary.classes {
            facts.sources.fresh += row.fresh
            facts.sources.stale += row.stale
            facts.sources.unusable += row.unusable
            facts.sources.held += row.held
            facts.sources.never += row.never
        }
        facts.keys.usable = summary.keys.usable
        facts.keys.retired = summary.keys.retired
        facts.keys.revoked = summary.keys.revoked
        facts.directory = directory
        facts.oldest = oldest
        facts.expiring = summary.expiringAnchors.first.map { KeyFacts.Expiry(name: $0.subject, notAfter: $0.notAfter) }
        return facts
    }

    /// When the content last changed, which is when its generation was made.
    private var builtAt: UnixTime { sources.compactMap(\.lastChange).max() ?? summary.judgedAt }

    private var directory: KeyFacts.Directory? {
        let url = configuration.directory.jwks
        guard let row = summary.directory.first(where: { $0.url == url }), let fetchedAt = row.confirmedAt else {
            return nil
        }
        return KeyFacts.Directory(
            name: Self.name(url),
            keys: row.kids.count,
            fetchedAt: fetchedAt,
            keyID: row.kids.count == 1 ? row.kids.first : nil
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
            name: worst.softwareID ?? worst.organisationID ?? Self.name(worst.url),
            lastGood: worst.lastSuccess,
            reason: worst.lastError ?? "not refreshed",
            failures: worst.failureCount,
            usableUntil: worst.usableUntil
        )
    }

    private static func name(_ url: String) -> String { url.split(separator: "/").last.map(String.init) ?? url }
}
