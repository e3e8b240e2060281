package import Encoding
package import OpenBanking

/// What a rule found wrong: one sentence, the offending value, and what it waits for where it cannot be judged yet.
package struct Fault: Sendable {
    package var message: String
    /// The offending value, already safe to show.
    package var value: String?
    /// Non-empty where keys or lists are missing or stale: the request is deferred, never refused, for this.
    package var wanted: [WantedKey]
    /// Replaces the rule's own remedy where the case asks for other advice.
    package var remedy: String?

    /// Replaces the rule's own error code where the case has another.
    package var code: OAuthErrorCode?

    /// Set where this case weighs less than the rule does; it never weighs more.
    package var severity: Severity?

    package init(_ message: String, value: String? = nil, remedy: String? = nil) {
        self.message = message
        self.value = value
        self.wanted = []
        self.remedy = remedy
    }

    /// The fault, as a warning at the most.
    package var asWarning: Fault {
        var fault = self
        fault.severity = .warning
        return fault
    }

    /// The fault, reporting another error code than the rule does.
    package func reporting(_ code: OAuthErrorCode) -> Fault {
        var fault = self
        fault.code = code
        return fault
    }

    /// A fault about a value of the input, which is escaped and cut before it is kept.
    package init(_ message: String, _ value: ByteSlice, remedy: String? = nil) {
        self.init(message, value: Printable.text(value), remedy: remedy)
    }

    /// A rule that cannot be judged before `wanted` is in the cache.
    package static func waiting(_ message: String, for wanted: WantedKey) -> Fault {
        var fault = Fault(message, value: wanted.keyID.map { "\(wanted.url) kid \(Printable.text($0))" } ?? wanted.url)
        fault.wanted = [wanted]
        fault.remedy = "Nothing for the TPP to do. Refresh the cache; the request is tried again by itself."
        return fault
    }
}
