/// One URL to get, with the validators of the body we already hold.
package struct FetchRequest: Sendable, Equatable {
    package var url: String
    package var `class`: FetchClass
    /// The `ETag` of the body held, sent as `If-None-Match`; nil when no body is held.
    package var etag: String?
    /// The `Last-Modified` of the body held, sent as `If-Modified-Since`; nil when no body is held.
    package var lastModified: String?
    /// Whether the last fetch of this URL was good, so that it is not expected to hang.
    package var isProven: Bool

    package init(
        url: String,
        class: FetchClass,
        etag: String? = nil,
        lastModified: String? = nil,
        isProven: Bool = true
    ) {
        self.isProven = isProven
        self.url = url
        self.class = `class`
        self.etag = etag
        self.lastModified = lastModified
    }

    /// True when the request asks "only if changed", so that 304 is a possible answer.
    package var isConditional: Bool { etag != nil || lastModified != nil }
}
