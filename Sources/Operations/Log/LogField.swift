package import Encoding
package import OpenBanking

/// One typed field of a log line.
///
/// The kinds are closed and each says what it holds, so that a secret, a whole JWS or a private claim has no way in:
/// free text exists only for our own words and the system's, and is cut and escaped.
package struct LogField: Hashable, Sendable {
    enum Value: Hashable, Sendable {
        case text(String)
        case number(Int64)
        case flag(Bool)

        /// The value as it stands, without quotes.
        var text: String {
            switch self {
            case .text(let text): text
            case .number(let number): String(number)
            case .flag(let flag): flag ? "true" : "false"
            }
        }
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
        LogField(name, .text(isSecret(text) ? "(withheld)" : Printable.text(text, limit: textLimit)))
    }

    /// The last guard, should a caller err: a JWS, a JSON object in base64url, or anything PEM is not written.
    private static func isSecret(_ text: String) -> Bool {
        text.contains("eyJ") || text.contains("-----BEGIN")
    }

    // Counts and times.
    /// A count, by one of the names it can have.
    package static func count(_ name: CountName, _ number: Int) -> LogField {
        LogField(name.rawValue, .number(Int64(number)))
    }
    /// How long something took, as `ms`.
    package static func milliseconds(_ number: Int64) -> LogField { LogField("ms", .number(number)) }
    /// A snapshot's generation.
    package static func generation(_ number: Int) -> LogField { LogField("generation", .number(Int64(number))) }
    /// A moment, as RFC 3339.
    package static func time(_ name: TimeName, _ time: UnixTime) -> LogField {
        text(name.rawValue, Timestamp.rfc3339(time))
    }

    // Names of things.
    /// A source's URL.
    package static func source(_ url: String) -> LogField { text("source", url) }
    /// A source's class.
    package static func sourceClass(_ name: String) -> LogField { text("class", name) }
    /// A file or folder.
    package static func path(_ path: String) -> LogField { text("path", path) }
    /// A line of a batch, from 1.
    package static func line(_ number: Int) -> LogField { LogField("line", .number(Int64(number))) }
    /// A batch's name.
    package static func batch(_ name: String) -> LogField { text("batch", name) }
    /// The first sixteen digits of a request's SHA-256.
    package static func requestDigest(_ prefix: String) -> LogField { text("request", String(prefix.prefix(16))) }
    /// A key's kid, escaped.
    package static func keyID(_ kid: String) -> LogField { text("kid", kid) }
    /// A certificate's SHA-256 in hexadecimal.
    package static func fingerprint(_ hex: String) -> LogField { text("certificate", String(hex.prefix(64))) }
    /// A certificate's name, escaped.
    package static func subject(_ name: String) -> LogField { text("subject", name) }
    /// A rule's id.
    package static func rule(_ rule: RuleID) -> LogField { text("rule", rule.name) }
    /// An outcome's name.
    package static func outcome(_ outcome: Outcome) -> LogField { text("outcome", outcome.rawValue) }
    /// A program's version.
    package static func version(_ version: String) -> LogField { text("version", version) }
    /// A state left and the state entered.
    package static func change(from: String, to: String) -> [LogField] { [text("from", from), text("to", to)] }
    /// The keys of settings, never their values.
    package static func settings(_ keys: [String]) -> LogField { text("settings", keys.joined(separator: ",")) }
    /// A process's number.
    package static func process(_ number: Int32) -> LogField { LogField("pid", .number(Int64(number))) }
    /// Whether the process may use the network.
    package static func offline(_ flag: Bool) -> LogField { LogField("offline", .flag(flag)) }

    /// A host's name.
    package static func host(_ name: String) -> LogField { text("host", name) }
    /// Who decided: an operator's name.
    package static func actor(_ name: String) -> LogField { text("actor", name) }

    /// The stable name of a failure, one of ours.
    package static func code(_ name: String) -> LogField { text("code", name) }

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
