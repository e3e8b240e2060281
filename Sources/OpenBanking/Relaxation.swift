package import Encoding

/// A rule that was judged as of an older registration, because as of now it would not hold (migration only).
package struct Relaxation: Sendable, Equatable {
    package var rule: RuleID
    /// What the rule would have found today, in one sentence.
    package var message: String
    /// The offending value, escaped and cut, or nil where there is none.
    package var value: String?
    /// The time it was judged by instead: the bank's own record of the registration.
    package var evidenceTime: UnixTime

    package init(rule: RuleID, message: String, value: String?, evidenceTime: UnixTime) {
        self.rule = rule
        self.message = message
        self.value = value
        self.evidenceTime = evidenceTime
    }

    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("rule", rule.name)
        json.member("message", message)
        if let value { json.member("value", value) }
        json.member("judged_at", evidenceTime)
        json.member("evidence", "existing.registered_at")
        json.endObject()
    }
}
