package import Encoding
package import KeyCache
package import Operations

/// A source whose health differs from what it was at its attempt before: the one thing about sources worth a log line.
package struct SourceChange: Sendable, Equatable {
    package var url: String
    package var `class`: SourceClass
    package var from: SourceHealth
    package var to: SourceHealth
    /// The stable name of the failure or hold, nil after a success.
    package var code: String?
    package var reason: String
    package var lastGood: UnixTime?
    package var nextTry: UnixTime

    /// The change between two readings of a source, nil when its health is the same.
    ///
    /// The earlier one is judged by the time of its own last attempt, so that growing old between two passes shows.
    init?(
        before: Source,
        wasHeld: Bool,
        after: Source,
        isHeld: Bool,
        code: String? = nil,
        reason: String,
        at time: UnixTime
    ) {
        let from = SourceHealth(before, isHeld: wasHeld, at: before.lastAttempt ?? time)
        let to = SourceHealth(after, isHeld: isHeld, at: time)
        guard from != to else { return nil }
        url = after.url
        `class` = after.class
        self.from = from
        self.to = to
        self.code = code
        self.reason = reason
        lastGood = after.lastSuccess
        nextTry = after.nextDue
    }

    /// True when the source got better; such a line is information, not a warning.
    package var isRecovery: Bool { to == .ok }

    /// True when the source was never fetched before and now is: the start of every source, and no news.
    package var isFirstSuccess: Bool { from == .never && to == .ok }

    /// The fields of the log event `source.state`.
    package var fields: [LogField] {
        var fields: [LogField] = [.source(url), .sourceClass(`class`.rawValue)]
        fields += LogField.change(from: from.rawValue, to: to.rawValue)
        if let code { fields.append(.code(code)) }
        fields.append(.reason(reason))
        if let lastGood { fields.append(.time(.lastGood, lastGood)) }
        fields.append(.time(.nextTry, nextTry))
        return fields
    }
}
