package import Encoding

/// The cache as the status screen shows it.
package struct KeyFacts: Equatable, Sendable {
    /// Sources by state.
    package struct Sources: Equatable, Sendable {
        package var fresh = 0
        package var stale = 0
        package var unusable = 0
        package var held = 0
        /// Never fetched with success.
        package var never = 0

        package var total: Int { fresh + stale + unusable + held + never }
        package init() {}
    }

    /// Keys by state.
    package struct Keys: Equatable, Sendable {
        package var usable = 0
        package var retired = 0
        package var revoked = 0

        package var total: Int { usable + retired + revoked }
        package init() {}
    }

    /// The directory's own key set.
    package struct Directory: Equatable, Sendable {
        package var name: String
        package var keys: Int
        package var fetchedAt: UnixTime
        /// The key that signs software statements now; shown first.
        package var keyID: String?

        package init(name: String, keys: Int, fetchedAt: UnixTime, keyID: String? = nil) {
            self.name = name
            self.keys = keys
            self.fetchedAt = fetchedAt
            self.keyID = keyID
        }
    }

    /// A source in trouble.
    package struct Source: Equatable, Sendable {
        package var name: String
        package var lastGood: UnixTime?
        package var reason: String
        package var failures: Int
        package var usableUntil: UnixTime?

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
        package var name: String
        package var notAfter: UnixTime

        package init(name: String, notAfter: UnixTime) {
            self.name = name
            self.notAfter = notAfter
        }
    }

    /// A key or set that requests wait for.
    package struct Missing: Equatable, Sendable {
        package var url: String
        package var keyID: String?
        package var requests: Int

        package init(url: String, keyID: String?, requests: Int) {
            self.url = url
            self.keyID = keyID
            self.requests = requests
        }
    }

    package var generation: Int
    package var builtAt: UnixTime
    package var nextRefresh: UnixTime?
    package var sources = Sources()
    package var keys = Keys()
    package var directory: Directory?
    /// The source whose last good fetch is longest ago, when that is a matter of concern.
    package var oldest: Source?
    package var expiring: Expiry?
    package var anchors = 0
    package var missing: [Missing] = []

    package init(generation: Int, builtAt: UnixTime) {
        self.generation = generation
        self.builtAt = builtAt
    }
}
