/// The file docs/METRICS.md: every metric with its kind, labels and meaning.
///
/// The file is this text; a test compares the two.
package enum MetricDocument {
    /// The whole file.
    package static var text: String {
        var lines = [
            "# Metrics", "",
            "`counterfoil status --metrics` prints them, in the text format of Prometheus. Two settings publish them:",
            "",
            "* `metrics.textfile`: a file for the textfile collector of the node exporter. `process`, `refresh` and `run`",
            "  write it whole, under another name first. It has no times of its own; the collector tells its age.",
            "* `metrics.socket`: a Unix socket where `run` answers `GET /metrics`. Only whoever may open the socket sees it:",
            "  `curl --unix-socket /run/counterfoil/metrics.sock http://localhost/metrics`.",
            "",
            "Counters are kept in the databases, so that they only grow whichever process counts: those of requests in the",
            "ledger, those of fetches in the cache. Times are gauges in seconds since 1970, so that an alert subtracts them",
            "from `time()`. Labels take their values from closed lists; none holds an organisation, a kid or a file name.",
            "`class` is directory, organisation, software, organisationRevoked, softwareRevoked or crl.",
            "",
            "A metric whose part is not there yet, such as the ledger before the first pass, is left out. A user who may not",
            "read a part writes no file: what one that may wrote stays.",
            "",
            "The page does not grow with the number of sources: with 20,000 of them and 60,000 keys it has 300 lines and",
            "19 kB, and costs 0.4 s of a processor and 84 MB while it is gathered.",
            "",
            "[Alert rules](../etc/prometheus/counterfoil.rules.yml) and a",
            "[dashboard](../etc/grafana/counterfoil.json) use them.",
            "",
        ]
        for metric in Metric.allCases {
            lines.append("## `\(metric.rawValue)`")
            lines.append("")
            lines.append(metric.meaning)
            lines.append("")
            let names = metric.labels.map { "`\($0)`" }.joined(separator: ", ")
            lines.append("* \(metric.kind.word)" + (names.isEmpty ? "" : "; labels \(names): \(metric.values)"))
            if case .histogram(let bounds) = metric.kind {
                let steps = bounds.map { Exposition.seconds($0) }.joined(separator: ", ")
                lines.append("* buckets, in seconds: \(steps)")
            }
            lines.append("")
        }
        lines.removeLast()
        return lines.joined(separator: "\n") + "\n"
    }
}
