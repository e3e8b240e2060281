package import KeyCache

/// What an import did about one source.
package struct ImportLine: Sendable, Equatable {
    /// What became of it, by stable names.
    package enum Outcome: String, Sendable, CaseIterable {
        /// A new body took effect.
        case updated
        /// The body in use was confirmed.
        case unchanged
        /// Ours is newer: what it says is kept out, but for what it revokes.
        case partiallyNewer = "partially_newer"
        /// A suspicious body waits for an operator; the last good one serves.
        case poisoned
        /// The body cannot be used; the last good one serves.
        case refused
        /// A key set of the directory that this site does not name; never taken from a bundle.
        case foreignDirectory = "foreign_directory"
        /// It is known here for something else, or there are too many sources.
        case conflict
    }

    package let url: String
    package let `class`: SourceClass
    package let outcome: Outcome
    /// Keys that came into use, left the set, and were revoked.
    package let changes: (added: Int, removed: Int, revoked: Int)
    /// The hold, the refusal, or nothing; safe to print.
    package let reason: String

    package init(
        url: String,
        class: SourceClass,
        outcome: Outcome,
        changes: (added: Int, removed: Int, revoked: Int) = (0, 0, 0),
        reason: String = ""
    ) {
        self.url = url
        self.class = `class`
        self.outcome = outcome
        self.changes = changes
        self.reason = reason
    }

    package static func == (left: ImportLine, right: ImportLine) -> Bool {
        left.url == right.url && left.class == right.class && left.outcome == right.outcome
            && left.changes == right.changes && left.reason == right.reason
    }
}
