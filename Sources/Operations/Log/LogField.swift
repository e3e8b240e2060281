package import Encoding

/// One typed field of a log line.
///
/// The kinds are closed and each says what it holds, so that a secret, a whole JWS or a private claim has no way in:
/// free text exists only for our own words and the system's, and is cut and escaped.
package struct LogField: Hashable, Sendable {
    enum Value: Hashable, Sendable {
        case text(String)
        case number(Int64)
        case flag(Bool)
    }

    let name: String
    let value: Value

    private init(_ name: String, _ value: Value) {
        self.name = name
        self.value = value
    }

    /// The longest text a field holds, in characters.
    static let textLimit = 200
    private static func text(_ name: String, _ text: String) -> LogField {
        LogField(name, .text(Printable.text(text, limit: textLimit)))
    }

    // Counts and times.
    package static func count(_ name: CountName, _ number: Int) -> LogField {
        LogField(name.rawValue, .number(Int64(number)))
    }
    package static func milliseconds(_ number: Int64) -> LogField { LogField("ms", .number(number)) }
    package static func generation(_ number: Int) -> LogField { LogField("generation", .number(Int64(number))) }
    package static func time(_ name: TimeName, _ time: UnixTime) -> LogField {
        text(name.rawValue, Timestamp.rfc3339(time))
    }

    // Names of things.
    package static func source(_ url: String) -> LogField { text("source", url) }
    package static func sourceClass(_ name: String) -> LogField { text("class", name) }
    package static func path(_ path: String) -> LogField { text("path", path) }
    package static func batch(_ name: String) -> LogField { text("batch", name) }
    package static func requestDigest(_ prefix: String) -> LogField { text("request", String(prefix.prefix(16))) }
    package static func keyID(_ kid: String) -> LogField { text("kid", kid) }
    package static func fingerprint(_ hex: String) -> LogField { text("certificate", String(hex.prefix(64))) }
    package static func subject(_ name: String) -> LogField { text("subject", name) }
    package static func rule(_ id: String) -> LogField { text("rule", id) }
    package static func outcome(_ name: String) -> LogField { text("outcome", name) }
    package static func version(_ version: String) -> LogField { text("version", version) }
    package static func change(from: String, to: String) -> [LogField] { [text("from", from), text("to", to)] }
    package static func settings(_ keys: [String]) -> LogField { text("settings", keys.joined(separator: ",")) }
    package static func process(_ number: Int32) -> LogField { LogField("pid", .number(Int64(number))) }
    package static func offline(_ flag: Bool) -> LogField { LogField("offline", .flag(flag)) }

    /// Why, in our words or the system's; never a value from a request.
    package static func reason(_ words: String) -> LogField { text("reason", words) }

    /// The counts a line can carry.
    package enum CountName: String, CaseIterable, Sendable {
        case due, updated, unchanged, failed, held, keys, sources, files, requests, accepted, rejected, malformed,
            deferred
        case duplicate, added, retired, revoked, missing, bytes, workers
        case perSecond = "per_s"
    }

    /// The times a line can carry.
    package enum TimeName: String, CaseIterable, Sendable {
        case lastGood = "last_good"
        case nextTry = "next_try"
        case deadline
        case notAfter = "not_after"
        case usableUntil = "usable_until"
    }
}
