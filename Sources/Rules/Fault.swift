package import Encoding
package import OpenBanking

/// What a rule found wrong: one sentence, the offending value, and what it waits for where it cannot be judged yet.
///
/// All in one object: nearly every check finds nothing, and then nothing but an absent reference is passed on.
package struct Fault: Sendable {
    private struct Content: Sendable {
        var message: String
        var value: String?
        var wanted: [WantedKey] = []
        var remedy: String?
        var code: OAuthErrorCode?
        var severity: Severity?
    }

    private final class Box: Sendable {
        let content: Content

        init(_ content: Content) { self.content = content }
    }

    private var box: Box

    package var message: String {
        get { box.content.message }
        set { change { $0.message = newValue } }
    }

    /// The offending value, already safe to show.
    package var value: String? {
        get { box.content.value }
        set { change { $0.value = newValue } }
    }

    /// Non-empty where keys or lists are missing or stale: the request is deferred, never refused, for this.
    package var wanted: [WantedKey] {
        get { box.content.wanted }
        set { change { $0.wanted = newValue } }
    }

    /// Replaces the rule's own remedy where the case asks for other advice.
    package var remedy: String? {
        get { box.content.remedy }
        set { change { $0.remedy = newValue } }
    }

    /// Replaces the rule's own error code where the case has another.
    package var code: OAuthErrorCode? {
        get { box.content.code }
        set { change { $0.code = newValue } }
    }

    /// Set where this case weighs less than the rule does; it never weighs more.
    package var severity: Severity? {
        get { box.content.severity }
        set { change { $0.severity = newValue } }
    }

    package init(_ message: String, value: String? = nil, remedy: String? = nil) {
        box = Box(Content(message: message, value: value, remedy: remedy))
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

    private mutating func change(_ body: (inout Content) -> Void) {
        var content = box.content
        body(&content)
        box = Box(content)
    }
}
