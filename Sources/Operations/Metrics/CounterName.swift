/// The name a counter is kept under from run to run: the metric, the values of its labels, and for a histogram which of
/// its numbers; parted by spaces, which no value has.
package struct CounterName: Hashable, Sendable {
    /// Which number of a histogram it is; `value` for a counter.
    package enum Part: Hashable, Sendable {
        case value
        /// How many were above the bound before and up to this one, in milliseconds; nil for above all of them.
        case bucket(Int64?)
        /// All of them together, in milliseconds.
        case sum
    }

    /// The metric.
    package let metric: Metric
    /// The values of its labels, in their order.
    package let values: [String]
    /// The number of it.
    package let part: Part

    /// A name; values beyond the metric's labels are left out.
    package init(_ metric: Metric, _ values: [String], _ part: Part = .value) {
        self.metric = metric
        self.values = Array(values.prefix(metric.labels.count))
        self.part = part
    }

    /// Reads what `text` wrote; nil for anything else, such as a counter of another version.
    package init?(_ text: String) {
        var words = text.split(separator: " ").map(String.init)
        guard let name = words.first, let metric = Metric(rawValue: name) else { return nil }
        words.removeFirst()
        var part = Part.value
        if case .histogram(let bounds) = metric.kind {
            guard let last = words.popLast() else { return nil }
            switch last {
            case "sum": part = .sum
            case "above": part = .bucket(nil)
            default:
                guard let bound = Int64(last), bounds.contains(bound) else { return nil }
                part = .bucket(bound)
            }
        }
        guard words.count == metric.labels.count else { return nil }
        self.init(metric, words, part)
    }

    /// The name as it is kept.
    package var text: String {
        let tail: [String] =
            switch part {
            case .value: []
            case .bucket(let bound): [bound.map { String($0) } ?? "above"]
            case .sum: ["sum"]
            }
        return ([metric.rawValue] + values + tail).joined(separator: " ")
    }
}
