package import Encoding

/// The cache as the status screen shows it.
package struct KeyFacts: Equatable, Sendable {
    /// Sources by state; each counts once.
    package struct Sources: Equatable, Sendable {
        /// Fetched within stale_after.
        package var fresh = 0
        /// Past stale_after; still used.
        package var stale = 0
        /// Past unusable_after; not used.
        package var unusable = 0
        /// With a suspicious change that waits for an operator, and usable still.
        package var held = 0
        /// Never fetched with success.
        package var never = 0
        /// Those of them that were tried, and failed.
        package var unreached = 0

        /// All of them.
        package var total: Int { fresh + stale + unusable + held + never }
        /// Nothing counted yet.
        package init() {}
    }

    /// Keys by state.
    package struct Keys: Equatable, Sendable {
        /// In use.
        package var usable = 0
        /// Left their set, still used for what was signed before.
        package var retired = 0
        /// Never used again.
        package var revoked = 0

        /// All of them.
        package var total: Int { usable + retired + revoked }
        /// Nothing counted yet.
        package init() {}
    }

    /// The directory's own key set.
    package struct Directory: Equatable, Sendable {
        /// What it is called on the screen.
        package var name: String
        /// How many keys it has.
        package var keys: Int
        /// When it was last fetched with success.
        package var fetchedAt: UnixTime
        /// The key that signs software statements now; shown first.
        package var keyID: String?
        /// When the first of its keys' certificates expires; nil where none came along.
        package var notAfter: UnixTime?

        /// Its facts; what is left out is set afterwards.
        package init(
            name: String,
            keys: Int,
            fetchedAt: UnixTime,
            keyID: String? = nil,
            notAfter: UnixTime? = nil
        ) {
            self.name = name
            self.keys = keys
            self.fetchedAt = fetchedAt
            self.keyID = keyID
            self.notAfter = notAfter
        }
    }

    /// A source in trouble.
    package struct Source: Equatable, Sendable {
        /// What it is called on the screen.
        package var name: String
        /// When it was last fetched with success; nil for never.
        package var lastGood: UnixTime?
        /// Why the last fetch failed, in our words.
        package var reason: String
        /// How many fetches failed since.
        package var failures: Int
        /// When its keys stop being used.
        package var usableUntil: UnixTime?

        /// Its facts; what is left out is set afterwards.
        package init(name: String, lastGood: UnixTime?, reason: String, failures: Int, usableUntil: UnixTime?) {
            self.name = name
            self.lastGood = lastGood
            self.reason = reason
            self.failures = failures
            self.usableUntil = usableUntil
        }
    }

    /// A certificate that expires first.
    package struct Expiry: Equatable, Sendable {
        /// What it is for, by the name it has among the labels of metrics.
        package enum Role: String, Sendable {
            case anchor
            case issuer
            case client
        }

        /// What it is called on the screen.
        package var name: String
        /// When it expires.
        package var notAfter: UnixTime
        /// What it is for.
        package var role: Role

        /// Its facts; what is left out is set afterwards.
        package init(name: String, notAfter: UnixTime, role: Role = .issuer) {
            self.name = name
            self.notAfter = notAfter
            self.role = role
        }
    }

    /// A host of which many sets lost their keys at once.
    package struct Trouble: Equatable, Sendable {
        /// The host.
        package var host: String
        /// When it was noticed.
        package var since: UnixTime
        /// How many of its sets had lost their keys by then.
        package var affected: Int
        /// How many sets it has.
        package var known: Int

        /// Its facts.
        package init(host: String, since: UnixTime, affected: Int, known: Int) {
            self.host = host
            self.since = since
            self.affected = affected
            self.known = known
        }
    }

    /// A key or set that requests wait for.
    package struct Missing: Equatable, Sendable {
        /// Where it would come from.
        package var url: String
        /// The key's kid; nil when the whole set is missing.
        package var keyID: String?
        /// How many requests wait for it.
        package var requests: Int

        /// Its facts; what is left out is set afterwards.
        package init(url: String, keyID: String?, requests: Int) {
            self.url = url
            self.keyID = keyID
            self.requests = requests
        }
    }

    /// The snapshot's generation.
    package var generation: Int
    /// When the snapshot was built.
    package var builtAt: UnixTime
    /// When the next source is due; nil when nothing is scheduled.
    package var nextRefresh: UnixTime?
    /// The sources, by state.
    package var sources = Sources()
    /// How many keys it has.
    package var keys = Keys()
    /// The directory's own key set; nil when it was never fetched.
    package var directory: Directory?
    /// The source whose last good fetch is longest ago, when that is a matter of concern.
    package var oldest: Source?
    /// The trust anchor or issuing certificate that expires first.
    package var expiring: Expiry? { authorities.first }
    /// The trust anchors and issuing certificates, the one that expires first before the others.
    package var authorities: [Expiry] = []
    /// The client certificate the directory asks for; nil where none is configured or it cannot be read.
    package var client: Expiry?
    /// The sources by class; classes without a source are left out.
    package var classes: [ClassFacts] = []
    /// The revocation lists.
    package var lists: [ListFacts] = []
    /// The hosts in trouble, of which no key goes until that is cleared up, the longest first.
    package var troubles: [Trouble] = []
    /// The last bundle that was imported; nil where none ever was.
    package var bundle: BundleFacts?
    /// How many seconds the clock is behind what was recorded before; 0 when it is well.
    package var clockBehind: Int64 = 0
    /// How many trust anchors are loaded.
    package var anchors = 0
    /// What deferred requests wait for.
    package var missing: [Missing] = []
    /// Size of the cache's database.
    package var databaseBytes: Int64 = 0
    /// Size of its write-ahead log.
    package var walBytes: Int64 = 0

    /// Its facts; what is left out is set afterwards.
    package init(generation: Int, builtAt: UnixTime) {
        self.generation = generation
        self.builtAt = builtAt
    }
}
