/// The kinds of metrics Prometheus knows.
package enum MetricKind: Equatable, Sendable {
    /// A value that goes up and down; nothing is kept from run to run.
    case gauge
    /// A number that only grows, whichever process counts: it is kept in a database.
    case counter
    /// Counts of lengths of time up to each bound; kept like a counter.
    case histogram(milliseconds: [Int64])

    /// The word of the exposition format.
    package var word: String {
        switch self {
        case .gauge: "gauge"
        case .counter: "counter"
        case .histogram: "histogram"
        }
    }
}
