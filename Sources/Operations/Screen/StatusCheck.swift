import Encoding

/// The status of an installation as monitoring systems read it: one line, `WARNING - … | key_age=1020s;3600;86400`.
package enum StatusCheck {
    /// The line, without its end.
    package static func line(_ facts: StatusFacts, alerts: AlertSettings = AlertSettings()) -> String {
        let assessment = StatusAssessment(facts, alerts: alerts)
        let sentences = assessment.concerns.sorted { $0.health > $1.health }.map { plain($0.sentence) }
        let words = sentences.isEmpty ? "keys fresh, nothing waits" : sentences.joined(separator: ", ")
        return
            "\(assessment.health.rawValue.uppercased()) - \(words) | \(figures(facts, alerts).joined(separator: " "))"
    }

    private static func figures(_ facts: StatusFacts, _ alerts: AlertSettings) -> [String] {
        var figures: [String] = []
        if let directory = facts.keys?.directory {
            figures.append(seconds("key_age", facts.now - directory.fetchedAt, alerts.keyAge))
        }
        if let keys = facts.keys {
            figures.append(
                "stale_sources=\(keys.sources.stale);\(alerts.staleSources.warning);\(alerts.staleSources.critical)"
            )
            figures.append("unusable_sources=\(keys.sources.unusable);;0")
            figures.append("held_sources=\(keys.sources.held);0;")
            if let first = keys.expiring {
                let limits = alerts.certificateExpiry
                let (warning, critical) = (limits.warning.seconds, limits.critical.seconds)
                figures.append("certificate_expiry=\(max(0, first.notAfter - facts.now))s;\(warning):;\(critical):")
            }
        }
        if let spool = facts.spool {
            figures.append("deferred=\(spool.deferred);\(alerts.deferred.warning);\(alerts.deferred.critical)")
            figures.append(
                seconds("oldest_deferred", spool.oldestDeferred.map { facts.now - $0 } ?? 0, alerts.oldestDeferred)
            )
        }
        if let spool = facts.spool {
            let oldest = spool.incoming > 0 ? spool.oldestIncoming : nil
            figures.append(seconds("oldest_incoming", oldest.map { facts.now - $0 } ?? 0, alerts.oldestIncoming))
        }
        if let free = [facts.spool?.diskFree, facts.ledger?.diskFree].compactMap(\.self).min() {
            figures.append("disk_free=\(free)B;\(alerts.diskFree.warning.bytes):;\(alerts.diskFree.critical.bytes):")
        }
        if let work = facts.work, work.milliseconds > 0 {
            figures.append("requests_per_s=\(Int64(work.requests) * 1000 / work.milliseconds)")
        }
        return figures
    }

    private static func seconds(_ name: String, _ value: Int64, _ limits: Thresholds<Interval>) -> String {
        "\(name)=\(max(0, value))s;\(limits.warning.seconds);\(limits.critical.seconds)"
    }

    /// Without its full stop and without the bar that ends the words of such a line.
    private static func plain(_ sentence: String) -> String {
        let words = sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence
        return words.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "/")
    }
}
