package import Encoding

/// The sources of one class, counted; each source counts once, by its sign.
package struct ClassFacts: Equatable, Sendable {
    /// The class, such as `directory`.
    package var name: String
    /// How many have which sign.
    package private(set) var counts: [SourceFacts.Sign: Int] = [:]
    /// How many failed at their last attempt.
    package private(set) var failing = 0
    /// The last good fetch that is longest ago; nil where none was ever good.
    package private(set) var oldest: UnixTime?
    /// The last good fetch that is newest; nil where none was ever good.
    package private(set) var newest: UnixTime?
    /// The attempt that is newest; nil where none was ever tried.
    package private(set) var lastAttempt: UnixTime?
    /// When the next of them is due; nil where there is none.
    package private(set) var nextDue: UnixTime?

    /// An empty class.
    package init(name: String) { self.name = name }

    /// All of them.
    package var total: Int { counts.values.reduce(0, +) }

    /// Whether each of them is fresh, or held with a fresh body serving would be the exception: a hold is not fresh.
    package var isFresh: Bool { counts.allSatisfy { $0.key == .fresh || $0.value == 0 } }

    /// How many have a sign.
    package func count(_ sign: SourceFacts.Sign) -> Int { counts[sign, default: 0] }

    /// Counts a source.
    package mutating func add(_ source: SourceFacts) {
        counts[source.sign, default: 0] += 1
        if source.failures > 0 { failing += 1 }
        if let good = source.lastGood {
            oldest = min(oldest ?? good, good)
            newest = max(newest ?? good, good)
        }
        if let tried = source.lastAttempt { lastAttempt = max(lastAttempt ?? tried, tried) }
        nextDue = min(nextDue ?? source.nextDue, source.nextDue)
    }

    /// The classes of some sources, in the order of `names`; classes without a source are left out.
    package static func of(_ sources: [SourceFacts], names: [String]) -> [ClassFacts] {
        var classes = Dictionary(uniqueKeysWithValues: names.map { ($0, ClassFacts(name: $0)) })
        for source in sources { classes[source.className]?.add(source) }
        return names.compactMap { classes[$0] }.filter { $0.total > 0 }
    }
}
