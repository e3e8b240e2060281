/// The response headers a refresh needs, as sent, bounded and free of control characters.
///
/// Freshness is judged by whoever schedules (RFC 9111 §4.2); nothing here is parsed or believed.
package struct FetchHeaders: Sendable, Equatable {
    /// At most 1,024 visible ASCII characters; anything else counts as no ETag at all.
    package var etag: String?
    package var lastModified: String?
    /// Several `Cache-Control` lines are joined by ", " (RFC 9110 §5.3).
    package var cacheControl: String?
    package var expires: String?
    package var date: String?
    package var age: String?
    package var retryAfter: String?
    package var contentType: String?

    package init(
        etag: String? = nil,
        lastModified: String? = nil,
        cacheControl: String? = nil,
        expires: String? = nil,
        date: String? = nil,
        age: String? = nil,
        retryAfter: String? = nil,
        contentType: String? = nil
    ) {
        self.etag = etag
        self.lastModified = lastModified
        self.cacheControl = cacheControl
        self.expires = expires
        self.date = date
        self.age = age
        self.retryAfter = retryAfter
        self.contentType = contentType
    }
}
