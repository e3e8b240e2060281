import Encoding
import GRDB
import PKIX

/// Reads a summary from one consistent state of the store.
struct SummaryReader {
    let time: UnixTime
    let settings: CacheSettings
    let anchors: TrustAnchors?
    let horizon: Int64

    func read(_ db: Database) throws -> CacheSummary {
        let meta = try Meta.read(db)
        let judged = max(time, meta.timeFloor)
        let sources = try SourceTable.all(db).map { $0.judged(by: settings) }
        let holds = try HoldTable.open(db)
        let inUse = sources.filter { $0.lastSuccess != nil }
        let oldest = inUse.min { ($0.lastSuccess ?? 0, $0.id) < ($1.lastSuccess ?? 0, $1.id) }
        return CacheSummary(
            generation: meta.generation,
            judgedAt: judged,
            clockBehind: max(0, meta.timeFloor - time),
            classes: classes(sources, held: Set(holds.map(\.sourceID)), at: judged),
            keys: try keys(db, sources, at: judged),
            directory: try sources.filter { $0.class == .directory }.map { try directory(db, $0, at: judged) },
            lists: try lists(db),
            oldest: oldest.map { OldestSource(url: $0.url, confirmedAt: $0.lastSuccess ?? 0) },
            nextRefresh: sources.map(\.nextDue).min(),
            failing: sources.count { $0.failureCount > 0 },
            held: holds.count,
            alerts: try BreakerTable.open(db),
            wanted: try WantedTable.count(db),
            expiringAnchors: expiring(at: judged)
        )
    }

    private func classes(_ sources: [Source], held: Set<Int64>, at judged: UnixTime) -> [ClassSummary] {
        var rows = Dictionary(uniqueKeysWithValues: SourceClass.allCases.map { ($0, ClassSummary($0)) })
        for source in sources {
            var row = rows[source.class] ?? ClassSummary(source.class)
            switch source.state(at: judged) {
            case .fresh: row.fresh += 1
            case .stale: row.stale += 1
            case .unusable: row.unusable += 1
            case .never: row.never += 1
            }
            if held.contains(source.id) { row.held += 1 }
            rows[source.class] = row
        }
        return SourceClass.allCases.compactMap { rows[$0] }
    }

    /// Counts listings as they are at the time, whatever a sweep has not moved yet.
    private func keys(_ db: Database, _ sources: [Source], at judged: UnixTime) throws -> KeyCounts {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT source_id, CASE
                    WHEN state = 'active' AND min(coalesce(certificate.not_after, ?1), coalesce(listing.not_after, ?1)) < ?1 THEN 'expired'
                    WHEN state = 'retired' AND grace_until < ?1 THEN 'archived'
                    ELSE state END AS now, count(*)
                FROM listing LEFT JOIN certificate ON certificate.sha256 = listing.certificate
                WHERE recorded_to IS NULL GROUP BY source_id, now
                """,
            arguments: [judged]
        )
        let states = Dictionary(uniqueKeysWithValues: sources.map { ($0.id, $0) })
        var counts: [String: Int] = [:]
        for row in rows {
            guard let source = states[row[0]], source.class.publishesKeys else { continue }
            let state: String = row[1]
            guard state != "active" || source.state(at: judged) != .unusable else { continue }
            counts[state, default: 0] += row[2] as Int
        }
        var keys = KeyCounts()
        keys.usable = counts["active"] ?? 0
        keys.retired = counts["retired"] ?? 0
        keys.revoked = counts["revoked"] ?? 0
        keys.expired = counts["expired"] ?? 0
        keys.quarantined = counts["quarantined"] ?? 0
        keys.pending = counts["pending"] ?? 0
        return keys
    }

    private func directory(_ db: Database, _ source: Source, at judged: UnixTime) throws -> DirectorySummary {
        let active = try ListingTable.open(db, source: source.id).filter { $0.state == .active }
        return DirectorySummary(
            url: source.url,
            environment: source.environment,
            state: source.state(at: judged),
            kids: active.compactMap(\.attributes.kid).map { String(decoding: $0, as: UTF8.self) },
            confirmedAt: source.lastSuccess,
            notAfter: try Int64.fetchOne(
                db,
                sql: """
                    SELECT min(certificate.not_after) FROM listing JOIN certificate ON certificate.sha256 = listing.certificate
                    WHERE source_id = ? AND recorded_to IS NULL AND state = 'active'
                    """,
                arguments: [source.id]
            )
        )
    }

    private func lists(_ db: Database) throws -> [ListSummary] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT url, issuer, this_update, next_update, coalesce(entries, 0), number, last_success FROM source
                LEFT JOIN revocation_list AS list ON list.source_id = source.id AND recorded_to IS NULL
                WHERE class = 'crl' ORDER BY source.id
                """
        )
        .map { row in
            let issuer = try (row[1] as Blob?).map { try DistinguishedName(der: $0.bytes).rfc4514 }
            return ListSummary(
                url: row[0],
                issuer: issuer,
                number: row[5],
                thisUpdate: row[2],
                nextUpdate: row[3],
                entries: row[4],
                confirmedAt: row[6]
            )
        }
    }

    private func expiring(at judged: UnixTime) -> [ExpiringAnchor] {
        guard let anchors else { return [] }
        return (anchors.directory + anchors.qualified)
            .filter { $0.notAfter - horizon <= judged }
            .sorted { $0.notAfter < $1.notAfter }
            .map { anchor in
                ExpiringAnchor(
                    subject: anchor.subject.rfc4514,
                    notAfter: anchor.notAfter,
                    isSelfIssued: anchor.isSelfIssued
                )
            }
    }
}
