package import Encoding

/// How passes over the spool end, as the status screen shows it.
package struct PassFacts: Equatable, Sendable {
    /// When one last went through, with work or without; nil where none did.
    package var goodAt: UnixTime?
    /// When one last ended early; nil where none did.
    package var failedAt: UnixTime?
    /// The name of the failure it ended with.
    package var failure = ""
    /// How many ended early since one went through.
    package var inARow = 0
    /// How many ever did, by the name of the failure.
    package var totals: [String: Int64] = [:]

    /// None yet.
    package init() {}

    /// How many in a row are no mishap any more, and how long there may be none that goes through, in seconds.
    package static let patience = (passes: 3, seconds: Int64(900))

    /// How bad it is that the last ones ended early, if they did.
    package var health: Health {
        guard inARow > 0, let failedAt else { return .ok }
        let isLong = goodAt.map { failedAt - $0 > Self.patience.seconds } ?? false
        return inARow >= Self.patience.passes || isLong ? .critical : .warning
    }

    /// The same in words.
    package func sentence(at now: UnixTime) -> String {
        let age = Age.text(seconds: max(0, now - (failedAt ?? now)))
        let which =
            inARow > 1
            ? "The last \(Figure.count(inARow)) passes ended early, the latest" : "The last pass ended early,"
        let good =
            goodAt.map { "one went through \(Age.text(seconds: max(0, now - $0))) ago" } ?? "none went through yet"
        return "\(which) \(age) ago (\(Printable.text(failure, limit: 60))); \(good)."
    }
}
