package import Encoding

/// What a response said of how long it is good (RFC 9111 §4.2); a wish for the next fetch, which `ClassLimits` bound.
///
/// Already parsed: a header that is absent is nil, one that cannot be read is `.some(0)`.
package struct FreshnessHints: Sendable, Equatable {
    /// `max-age` in seconds; 0 also for `no-store`, `no-cache` and anything unreadable.
    package var maximumAge: Int64?
    /// `Age` in seconds.
    package var age: Int64?
    package var expires: UnixTime?
    package var date: UnixTime?
    package var lastModified: UnixTime?

    package init(
        maximumAge: Int64? = nil,
        age: Int64? = nil,
        expires: UnixTime? = nil,
        date: UnixTime? = nil,
        lastModified: UnixTime? = nil
    ) {
        self.maximumAge = maximumAge
        self.age = age
        self.expires = expires
        self.date = date
        self.lastModified = lastModified
    }

    /// The response said nothing.
    package static let none = FreshnessHints()
}
