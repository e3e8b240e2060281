/// What one run counted, to be added to what is kept; a value, filled by one thread.
package struct CounterBook: Equatable, Sendable {
    /// How much is to be added under which name.
    package private(set) var increments: [CounterName: Int64] = [:]

    /// Nothing counted.
    package init() {}

    /// Whether there is nothing to add.
    package var isEmpty: Bool { increments.isEmpty }

    /// Counts something; `values` are those of the metric's labels.
    package mutating func count(_ metric: Metric, _ values: String..., by number: Int = 1) {
        guard number > 0 else { return }
        increments[CounterName(metric, values), default: 0] += Int64(number)
    }

    /// Counts a length of time in its histogram.
    package mutating func observe(_ metric: Metric, _ values: String..., milliseconds: Int64) {
        guard case .histogram(let bounds) = metric.kind else { return }
        let bound = bounds.first { milliseconds <= $0 }
        increments[CounterName(metric, values, .bucket(bound)), default: 0] += 1
        increments[CounterName(metric, values, .sum), default: 0] += max(0, milliseconds)
    }

    /// What a database keeps: texts and numbers.
    package var rows: [(name: String, number: Int64)] {
        increments.map { ($0.key.text, $0.value) }.sorted { $0.name < $1.name }
    }

    /// Reads what a database keeps; names this version does not know are left out.
    package init(rows: [(name: String, number: Int64)]) {
        for row in rows {
            guard let name = CounterName(row.name) else { continue }
            increments[name, default: 0] += row.number
        }
    }

    /// Adds what another book holds.
    package mutating func add(_ other: CounterBook) {
        increments.merge(other.increments) { $0 + $1 }
    }
}
