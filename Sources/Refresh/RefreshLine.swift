package import Encoding
package import KeyCache

/// What a pass did about one source.
package struct RefreshLine: Sendable, Equatable {
    package var url: String
    package var `class`: SourceClass
    /// A short name for the screen: the organisation, the software statement, or the file.
    package var name: String
    package var outcome: RefreshOutcome
    /// The stable name of a failure or hold, nil after success.
    package var code: String?
    /// One clause in plain words, safe to print.
    package var reason: String
    /// What to do about it, nil where there is nothing.
    package var remedy: String?
    package var lastGood: UnixTime?
    package var milliseconds: Int

    package init(
        url: String,
        class: SourceClass,
        name: String,
        outcome: RefreshOutcome,
        code: String? = nil,
        reason: String,
        remedy: String? = nil,
        lastGood: UnixTime?,
        milliseconds: Int = 0
    ) {
        self.url = url
        self.class = `class`
        self.name = name
        self.outcome = outcome
        self.code = code
        self.reason = reason
        self.remedy = remedy
        self.lastGood = lastGood
        self.milliseconds = milliseconds
    }
}
