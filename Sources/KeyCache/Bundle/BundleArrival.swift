package import Encoding

/// One source's body as a bundle brings it.
package struct BundleArrival: Sendable {
    package let url: String
    package let body: [UInt8]
    /// When the exporter fetched or confirmed it.
    package let fetchedAt: UnixTime
    package let etag: String?
    package let lastModified: String?

    package init(url: String, body: [UInt8], fetchedAt: UnixTime, etag: String?, lastModified: String?) {
        self.url = url
        self.body = body
        self.fetchedAt = fetchedAt
        self.etag = etag
        self.lastModified = lastModified
    }
}
