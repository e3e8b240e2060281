/// One URL to get, with the validators of the body we already hold.
package struct FetchRequest: Sendable, Equatable {
    package var url: String
    package var `class`: FetchClass
    /// The `ETag` of the body held, sent as `If-None-Match`; nil when no body is held.
    package var etag: String?
    /// The `Last-Modified` of the body held, sent as `If-Modified-Since`; nil when no body is held.
    package var lastModified: String?

    package init(url: String, class: FetchClass, etag: String? = nil, lastModified: String? = nil) {
        self.url = url
        self.class = `class`
        self.etag = etag
        self.lastModified = lastModified
    }

    /// True when the request asks "only if changed", so that 304 is a possible answer.
    package var isConditional: Bool { etag != nil || lastModified != nil }
}
