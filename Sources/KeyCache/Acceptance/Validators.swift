/// What a response said about the version of its body, and how long it is good.
package struct Validators: Sendable, Equatable {
    package var etag: String?
    package var lastModified: String?
    package var hints: FreshnessHints

    package init(etag: String? = nil, lastModified: String? = nil, hints: FreshnessHints = .none) {
        self.etag = etag
        self.lastModified = lastModified
        self.hints = hints
    }
}
