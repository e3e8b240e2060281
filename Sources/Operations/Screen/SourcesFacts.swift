package import Encoding

/// What `status --sources` shows, gathered by the caller from the cache.
package struct SourcesFacts: Equatable, Sendable {
    /// The moment the facts are about.
    package var now: UnixTime
    /// The snapshot's generation.
    package var generation: Int
    /// The sources, worst first.
    package private(set) var sources: [SourceFacts]
    /// The classes that have a source.
    package private(set) var classes: [ClassFacts]
    /// The revocation lists.
    package var lists: [ListFacts] = []

    /// Facts of sources; `classNames` in the order they are shown in.
    package init(now: UnixTime, generation: Int, sources: [SourceFacts], classNames: [String]) {
        self.now = now
        self.generation = generation
        let order = Dictionary(uniqueKeysWithValues: classNames.enumerated().map { ($1, $0) })
        self.sources = sources.enumerated().sorted { left, right in
            let (a, b) = (left.element, right.element)
            if a.sign != b.sign { return a.sign > b.sign }
            let (one, other) = (order[a.className] ?? .max, order[b.className] ?? .max)
            return (one, left.offset) < (other, right.offset)
        }
        .map(\.element)
        classes = ClassFacts.of(sources, names: classNames)
    }
}
