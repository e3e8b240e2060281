import Crypto
import Encoding

/// One target: a file of the bundle, and of a source's body where it came from.
struct Target: Equatable {
    let name: String
    let facts: FileFacts
    /// Of a source's body; nil for the bundle's own targets.
    let origin: Origin?

    struct Origin: Equatable {
        /// The short name of the source: the first 16 digits of the SHA-256 of its URL.
        let source: String
        let url: String
        /// When the exporter fetched or confirmed it.
        let fetchedAt: UnixTime
        /// `Last-Modified` and `ETag` as its server sent them.
        let httpDate: String?
        let etag: String?
    }

    /// The bundle's own targets.
    static let sources = "sources.json"
    static let history = "history.jwt"
    static let observations = "observations.ndjson"
    static let own: Set<String> = [sources, history, observations]

    init(name: String, facts: FileFacts, origin: Origin? = nil) {
        (self.name, self.facts, self.origin) = (name, facts, origin)
    }

    /// Reads a member of `targets`.
    init(name: String, _ value: JSONValue) throws(BundleFault) {
        guard MemberName.isTargetName(name), let facts = FileFacts(value) else {
            throw Self.fault(name, "has no name, length or SHA-256 of a target of ours")
        }
        self.name = name
        self.facts = facts
        if Self.own.contains(name) {
            guard value.count == 2 else { throw Self.fault(name, "has more members than length and hashes") }
            origin = nil
            return
        }
        guard value.count == 3, let custom = value["custom"], let source = custom["source"]?.text?.string,
            let url = custom["url"]?.text?.string, let time = custom["fetched_at"]?.text?.string,
            let fetchedAt = Timestamp.parse(time)
        else { throw Self.fault(name, "does not say in custom where it came from and when") }
        origin = Origin(
            source: source,
            url: url,
            fetchedAt: fetchedAt,
            httpDate: custom["http_date"]?.text?.string,
            etag: custom["etag"]?.text?.string
        )
    }

    /// The member of the file that holds it.
    var member: MemberName { .target(facts.sha256, name) }

    func write(_ writer: inout CanonicalWriter) {
        writer.object { writer in
            if let origin {
                writer.name("custom")
                writer.object { writer in
                    if let etag = origin.etag { writer.member("etag", etag) }
                    writer.member("fetched_at", Timestamp.rfc3339(origin.fetchedAt))
                    if let date = origin.httpDate { writer.member("http_date", date) }
                    writer.member("source", origin.source)
                    writer.member("url", origin.url)
                }
            }
            facts.write(&writer)
        }
    }

    private static func fault(_ name: String, _ what: String) -> BundleFault {
        BundleFault(.malformed, "the target \(Printable.text(name, limit: 60)) \(what)")
    }
}
