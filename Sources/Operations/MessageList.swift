/// The messages of one run: the first twenty in full, the rest as a count.
package struct MessageList: Sendable {
    /// How many messages are shown.
    package static let limit = 20

    /// The messages shown.
    package private(set) var shown: [UserMessage] = []
    /// How many there were.
    package private(set) var count = 0
    private let rest: String

    /// `rest` says where the others are, such as `results.ndjson`.
    package init(rest: String = "") {
        self.rest = rest
    }

    /// Adds a message; past the limit it is only counted.
    package mutating func add(_ message: UserMessage) {
        count += 1
        if shown.count < Self.limit { shown.append(message) }
    }

    /// The messages, each on its lines; empty when there were none.
    package var text: String {
        guard count > 0 else { return "" }
        let more = count - shown.count
        let tail = more > 0 ? ["and \(more) more" + (rest.isEmpty ? "" : "; see \(rest)")] : []
        return (shown.map(\.description) + tail).joined(separator: "\n") + "\n"
    }
}
