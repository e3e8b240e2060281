/// One state of the cache, as every verdict names the one it was reached in.
package struct CacheState: Sendable, Hashable {
    /// The generation: how often what the cache holds had changed.
    package let generation: Int
    /// How often it had been written to; tells apart when sources were last confirmed.
    package let pulse: Int

    package init(generation: Int, pulse: Int) {
        self.generation = generation
        self.pulse = pulse
    }
}

extension Snapshot {
    /// The state it shows.
    package var state: CacheState { CacheState(generation: generation, pulse: pulse) }
}
