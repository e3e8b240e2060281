import Bundle
import Crypto
import Encoding
import KeyCache
import Operations

/// What is said of bundles, for people.
enum BundleScreen {
    static func export(_ report: ExportReport) -> String {
        let record = report.record
        var lines = [
            "bundle \(record.repository) v\(record.version): \(report.path)",
            "  made      \(Timestamp.rfc3339(record.created)), expires \(Timestamp.rfc3339(record.expires))",
            "  holds     \(Figure.plural(report.bodies, "body", "bodies")), "
                + "\(Figure.plural(report.pastKeys, "past key", "past keys")), "
                + "\(Figure.plural(report.observations, "event", "events")), \(Figure.bytes(report.bytes))",
        ]
        if report.unchanged > 0 {
            lines.append("  left out  \(Figure.plural(report.unchanged, "unchanged body", "unchanged bodies"))")
        }
        if report.empty > 0 {
            lines.append("  missing   \(Figure.plural(report.empty, "source was", "sources were")) never fetched")
        }
        lines.append("  sha256    \(report.sha256.hex)")
        return lines.joined(separator: "\n") + "\n"
    }

    static func inspection(_ bundle: BundleInspection, now: UnixTime) -> String {
        var lines = [
            "bundle \(bundle.repository) v\(bundle.version): genuine" + (bundle.isKnown ? ", imported already" : ""),
            "  made      \(Timestamp.rfc3339(bundle.created)), expires \(Timestamp.rfc3339(bundle.expires)) "
                + "(\(Age.relative(bundle.expires, now: now)))",
            "  holds     \(Figure.plural(bundle.bodies, "body", "bodies")) of "
                + "\(Figure.plural(bundle.sources, "source", "sources")), "
                + "\(Figure.plural(bundle.pastKeys, "past key", "past keys")), "
                + "\(Figure.plural(bundle.observations, "event", "events"))",
            "  signed    by \(bundle.signers.joined(separator: " ")), named by root \(bundle.rootVersion)",
        ]
        if let since = bundle.since {
            lines.append("  builds on v\(since): \(Figure.plural(bundle.absent, "body is", "bodies are")) left out")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    static func report(_ report: ImportReport, isRehearsal: Bool, verbose: Bool) -> String {
        let record = report.record
        let name = "bundle \(record.repository) v\(record.version)"
        guard !report.isKnown else {
            let word = record.word.map { _ in ", counts until \(Timestamp.rfc3339(record.usableUntil))" } ?? ""
            return "\(name): imported already\(word)\n"
        }
        var lines = [
            "\(name): \(isRehearsal ? "would be imported" : "imported"), expires \(Timestamp.rfc3339(record.usableUntil))",
            "  sources   \(Figure.count(report.newSources)) new, \(Figure.count(report.count(.updated))) updated, "
                + "\(Figure.count(report.count(.unchanged))) unchanged, "
                + "\(Figure.count(report.count(.partiallyNewer))) newer here",
        ]
        if report.newRoots > 0 {
            lines.append("  root      version \(report.rootVersion), \(report.newRoots) newly trusted")
        }
        if report.hasForgotten {
            lines.append("  versions  numbers run up by replaced keys no longer count (fast_forward)")
        }
        if report.pastKeys + report.orders > 0 {
            lines.append(
                "  history   \(Figure.plural(report.pastKeys, "past key", "past keys")), "
                    + "\(Figure.plural(report.orders, "revocation", "revocations")) by the exporter's operators"
            )
        }
        let odd = report.lines.filter { isOdd($0) || verbose }
        lines += odd.prefix(verbose ? .max : 20).map(line)
        if !verbose, odd.count > 20 { lines.append("  and \(odd.count - 20) more; all with -v") }
        if report.count(.poisoned) > 0 {
            lines.append("  what to do: compare with the publisher, then: counterfoil keys hold list")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    static func difference(_ report: ImportReport) -> String {
        var lines = [self.report(report, isRehearsal: true, verbose: false)]
        for line in report.lines where line.outcome == .updated { lines.append(self.line(line) + "\n") }
        return lines.joined()
    }

    private static func isOdd(_ line: ImportLine) -> Bool {
        switch line.outcome {
        case .updated, .unchanged, .partiallyNewer: false
        case .poisoned, .refused, .foreignDirectory, .conflict: true
        }
    }

    private static func line(_ line: ImportLine) -> String {
        let (added, removed, revoked) = line.changes
        let changes = line.outcome == .updated ? "+\(added) -\(removed)\(revoked > 0 ? " revoked \(revoked)" : "")" : ""
        let words = [changes, line.reason].filter { !$0.isEmpty }.joined(separator: " ")
        return "  \(line.outcome.rawValue)  \(Printable.text(line.url, limit: 200))  \(words)"
    }
}
