package import Encoding

/// A revocation list as the status shows it.
package struct ListFacts: Equatable, Sendable {
    /// Where it is published.
    package var url: String
    /// The authority that issued it; nil where no list was ever accepted.
    package var issuer: String?
    /// Its CRL number.
    package var number: String?
    /// When it was issued.
    package var thisUpdate: UnixTime?
    /// When its issuer promised the next one; the list is used until then.
    package var nextUpdate: UnixTime?
    /// How many certificates are on it.
    package var entries: Int
    /// When it was last confirmed.
    package var lastGood: UnixTime?

    /// A list of which nothing is known yet.
    package init(url: String, entries: Int = 0) {
        self.url = url
        self.entries = entries
    }
}
