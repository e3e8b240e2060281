package import Encoding

/// A key that deferred requests wait for.
package struct WantedKey: Sendable, Hashable {
    package let url: String
    /// The kid, nil where the whole set is missing.
    package let kid: String?
    /// Since when it is wanted.
    package let since: UnixTime

    package init(url: String, kid: String?, since: UnixTime) {
        self.url = url
        self.kid = kid
        self.since = since
    }
}
