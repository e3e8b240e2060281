/// Metrics in the text format of Prometheus, version 0.0.4: each with its HELP and TYPE once, samples without times.
package struct Exposition: Sendable {
    private var samples: [Metric: [String]] = [:]
    private var counters = CounterBook()

    /// No sample yet.
    package init() {}

    /// Adds a sample; `values` are those of the metric's labels.
    package mutating func add(_ metric: Metric, _ values: String..., value: Int64) {
        write(metric, values, String(value))
    }

    /// The same for a count.
    package mutating func add(_ metric: Metric, _ values: String..., value: Int) {
        write(metric, values, String(value))
    }

    /// The same where there is a value, such as a time.
    package mutating func add(_ metric: Metric, _ values: String..., ifAny value: Int64?) {
        if let value { write(metric, values, String(value)) }
    }

    /// Adds a length of time, in seconds.
    package mutating func add(_ metric: Metric, _ values: String..., milliseconds: Int64) {
        write(metric, values, Self.seconds(milliseconds))
    }

    /// Adds counters and histograms that are kept from run to run.
    package mutating func add(_ book: CounterBook) { counters.add(book) }

    /// Everything, in the order of the table of metrics; empty for no sample.
    package var text: String {
        var text = ""
        for metric in Metric.allCases {
            let lines = (samples[metric] ?? []) + kept(metric)
            guard !lines.isEmpty else { continue }
            text += "# HELP \(metric.rawValue) \(metric.meaning)\n# TYPE \(metric.rawValue) \(metric.kind.word)\n"
            text += lines.joined()
        }
        return text
    }

    /// Milliseconds as seconds: `0.25`, `8.1`, `30`.
    package static func seconds(_ milliseconds: Int64) -> String {
        let (whole, rest) = max(0, milliseconds).quotientAndRemainder(dividingBy: 1000)
        guard rest > 0 else { return String(whole) }
        var digits = String(rest + 1000).dropFirst()
        while digits.last == "0" { digits = digits.dropLast() }
        return "\(whole).\(digits)"
    }

    private mutating func write(_ metric: Metric, _ values: [String], _ number: String) {
        let labels = Self.labels(metric.labels, values)
        samples[metric, default: []].append("\(metric.rawValue)\(labels) \(number)\n")
    }

    private static func labels(_ names: [String], _ values: [String], _ more: [(String, String)] = []) -> String {
        let pairs = Array(zip(names, values)) + more
        guard !pairs.isEmpty else { return "" }
        return "{" + pairs.map { "\($0.0)=\"\(escaped($0.1))\"" }.joined(separator: ",") + "}"
    }

    private static func escaped(_ value: String) -> String {
        value.unicodeScalars.map { scalar in
            switch scalar {
            case "\\": "\\\\"
            case "\"": "\\\""
            case "\n": "\\n"
            default: String(scalar)
            }
        }
        .joined()
    }

    /// The kept numbers of a metric, sorted by the values of its labels.
    private func kept(_ metric: Metric) -> [String] {
        let names = counters.increments.filter { $0.key.metric == metric }
        switch metric.kind {
        case .gauge: return []
        case .counter:
            return names.sorted { $0.key.values.joined(separator: " ") < $1.key.values.joined(separator: " ") }
                .map { "\(metric.rawValue)\(Self.labels(metric.labels, $0.key.values)) \($0.value)\n" }
        case .histogram(let bounds):
            let series = Set(names.keys.map(\.values)).sorted { $0.joined(separator: " ") < $1.joined(separator: " ") }
            return series.flatMap { histogram(metric, $0, bounds) }
        }
    }

    private func histogram(_ metric: Metric, _ values: [String], _ bounds: [Int64]) -> [String] {
        func number(_ part: CounterName.Part) -> Int64 {
            counters.increments[CounterName(metric, values, part)] ?? 0
        }
        var total: Int64 = 0
        var lines: [String] = []
        for bound in bounds.map(Optional.some) + [nil] {
            total += number(.bucket(bound))
            let edge = bound.map { Self.seconds($0) } ?? "+Inf"
            let labels = Self.labels(metric.labels, values, [("le", edge)])
            lines.append("\(metric.rawValue)_bucket\(labels) \(total)\n")
        }
        let labels = Self.labels(metric.labels, values)
        lines.append("\(metric.rawValue)_sum\(labels) \(Self.seconds(number(.sum)))\n")
        lines.append("\(metric.rawValue)_count\(labels) \(total)\n")
        return lines
    }
}
