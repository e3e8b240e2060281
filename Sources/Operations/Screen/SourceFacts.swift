package import Encoding

/// One source of keys as `status --sources` shows it.
package struct SourceFacts: Equatable, Sendable {
    /// How far a source may be relied on, as one sign; worst last.
    package enum Sign: String, CaseIterable, Comparable, Sendable {
        /// Within stale_after.
        case fresh = "*"
        /// Past stale_after; still used.
        case stale = "+"
        /// Never fetched with success.
        case never = "?"
        /// A suspicious body waits for an operator; the last good one serves.
        case held = "!"
        /// Past unusable_after; not used.
        case unusable = "x"

        /// The state in one word, as programs read it.
        package var word: String {
            switch self {
            case .fresh: "fresh"
            case .stale: "stale"
            case .never: "never"
            case .held: "held"
            case .unusable: "unusable"
            }
        }

        /// What the sign says, for the legend.
        package var meaning: String {
            switch self {
            case .fresh: "fresh"
            case .stale: "stale, still used"
            case .never: "never fetched"
            case .held: "held for an operator, the last good set serves"
            case .unusable: "too old, not used"
            }
        }

        /// Worse is greater.
        package static func < (left: Sign, right: Sign) -> Bool { left.rank < right.rank }

        private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    }

    /// A body that waits for an operator.
    package struct Hold: Equatable, Sendable {
        /// The number `keys hold` knows it by.
        package var id: Int64
        /// Why it waits: empty, replacement or rebound.
        package var rule: String
        /// Since when.
        package var since: UnixTime

        /// A hold.
        package init(id: Int64, rule: String, since: UnixTime) {
            self.id = id
            self.rule = rule
            self.since = since
        }
    }

    /// What the source is called on a screen: the organisation, the software statement, or the file.
    package var name: String
    /// Its URL.
    package var url: String
    /// Its class, such as `directory`.
    package var className: String
    /// How far it may be relied on.
    package var sign: Sign
    /// The last eight attempts, newest in the lowest bit; shown in octal, 377 is all well.
    package var reach: UInt8 = 0
    /// When the body in use was last confirmed; nil for never.
    package var lastGood: UnixTime?
    /// When a fetch was last tried; nil for never.
    package var lastAttempt: UnixTime?
    /// When the next fetch is due.
    package var nextDue: UnixTime
    /// When the body in use stops being used; nil for never fetched.
    package var usableUntil: UnixTime?
    /// How many attempts failed since the last success.
    package var failures = 0
    /// The code of the last failure; nil after a success.
    package var error: String?
    /// The validator of the body in use, for a conditional GET.
    package var etag: String?
    /// The body that waits for an operator.
    package var hold: Hold?

    /// A source of which nothing else is known yet.
    package init(name: String, url: String, className: String, sign: Sign, nextDue: UnixTime) {
        self.name = name
        self.url = url
        self.className = className
        self.sign = sign
        self.nextDue = nextDue
    }

    /// `reach` as three octal digits.
    package var reachText: String {
        let digits = String(reach, radix: 8)
        return String(repeating: "0", count: 3 - digits.count) + digits
    }
}
