import Encoding

/// When the cache is fresh enough for whoever waits for it.
package struct FreshnessGoal: Equatable, Sendable {
    /// The classes it is about; empty for all.
    package var classes: Set<String>
    /// The longest time since a source was last confirmed; nil where the configuration's stale_after will do.
    package var maximumAge: Interval?

    /// A goal.
    package init(classes: Set<String> = [], maximumAge: Interval? = nil) {
        self.classes = classes
        self.maximumAge = maximumAge
    }

    /// How many sources it is about, and how many of them are not there yet.
    package struct Standing: Equatable, Sendable {
        /// The sources the goal is about.
        package var sources = 0
        /// Those of them that are not fresh enough, or held.
        package var behind = 0
        /// The worst of those.
        package var worst: SourceFacts?

        /// Nothing looked at yet.
        package init() {}

        /// Whether the goal is reached; a cache without a source is not fresh.
        package var isReached: Bool { sources > 0 && behind == 0 }
    }

    /// How far some sources are from the goal.
    package func standing(_ facts: SourcesFacts) -> Standing {
        var standing = Standing()
        for source in facts.sources where classes.isEmpty || classes.contains(source.className) {
            standing.sources += 1
            guard !reaches(source, facts.now) else { continue }
            standing.behind += 1
            standing.worst = standing.worst ?? source
        }
        return standing
    }

    private func reaches(_ source: SourceFacts, _ now: UnixTime) -> Bool {
        guard source.sign == .fresh, let lastGood = source.lastGood else { return false }
        return maximumAge.map { now - lastGood <= $0.seconds } ?? true
    }
}
