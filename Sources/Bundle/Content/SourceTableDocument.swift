import Encoding
import KeyCache
import PKIX

/// `sources.json`: every source the exporter knows, the target that holds its body, and what its operators revoked.
struct SourceTableDocument {
    struct Row: Equatable {
        let seed: SourceSeed
        /// The target with its body; nil where the exporter never had one.
        let target: String?
    }

    /// The version whose bodies are left out where they did not change; nil for a full bundle.
    let since: Int64?
    let rows: [Row]
    let orders: [RevocationOrder]

    init(since: Int64?, rows: [Row], orders: [RevocationOrder]) {
        (self.since, self.rows, self.orders) = (since, rows, orders)
    }

    init(_ bytes: [UInt8]) throws(BundleFault) {
        let document = JSONDocument(limits: Self.limits)
        do throws(JSONError) { try document.parse(bytes) } catch {
            throw BundleFault(.malformed, "sources.json is no JSON of ours: \(error)")
        }
        let root = document.root
        guard root["v"]?.integer == 1, let list = root["sources"], list.kind == .array,
            let words = root["revocations"], words.kind == .array
        else { throw BundleFault(.malformed, "sources.json is not of version 1") }
        since = root["since"]?.integer
        var rows: [Row] = []
        rows.reserveCapacity(list.count)
        for item in list.elements { rows.append(try Self.row(item)) }
        self.rows = rows
        var orders: [RevocationOrder] = []
        for item in words.elements { orders.append(try Self.order(item)) }
        self.orders = orders
    }

    /// The file.
    var text: ByteSlice {
        let buffer = ByteBuffer(capacity: 1024 + rows.count * 256)
        var writer = CanonicalWriter(buffer)
        writer.object { writer in
            writer.name("revocations")
            writer.array { writer in
                for order in orders { Self.write(order, &writer) }
            }
            if let since { writer.member("since", since) }
            writer.name("sources")
            writer.array { writer in
                for row in rows { Self.write(row, &writer) }
            }
            writer.member("v", 1)
        }
        return CanonicalJSON.escaped(buffer.all)
    }

    private static let limits: JSONLimits = {
        var limits = JSONLimits()
        limits.textBytes = BundleLimits.sourcesBytes
        limits.elements = BundleLimits.sources
        limits.nodes = 20 * BundleLimits.sources
        return limits
    }()

    private static func write(_ row: Row, _ writer: inout CanonicalWriter) {
        let seed = row.seed
        writer.object { writer in
            writer.member("class", seed.class.rawValue)
            if let environment = seed.environment { writer.member("environment", environment) }
            if let organisation = seed.organisationID { writer.member("organisation_id", organisation) }
            if let software = seed.softwareID { writer.member("software_id", software) }
            if let target = row.target { writer.member("target", target) }
            writer.member("url", seed.url)
        }
    }

    private static func row(_ value: JSONValue) throws(BundleFault) -> Row {
        guard let url = value["url"]?.text?.string, !url.isEmpty, url.utf8.count <= 2048,
            let name = value["class"]?.text?.string, let `class` = SourceClass(rawValue: name)
        else { throw BundleFault(.malformed, "sources.json has a source without a URL or a class of ours") }
        let seed = SourceSeed(
            url: url,
            class: `class`,
            environment: value["environment"]?.text?.string,
            organisationID: value["organisation_id"]?.text?.string,
            softwareID: value["software_id"]?.text?.string,
            origin: .mirror
        )
        return Row(seed: seed, target: value["target"]?.text?.string)
    }

    private static func write(_ order: RevocationOrder, _ writer: inout CanonicalWriter) {
        writer.object { writer in
            writer.member("by", order.word.by)
            writer.member("reason", order.reason.name)
            writer.member("target", order.target.description)
            writer.member("why", order.word.why)
        }
    }

    private static func order(_ value: JSONValue) throws(BundleFault) -> RevocationOrder {
        guard let text = value["target"]?.text?.string, let target = RevocationOrder.Target(text),
            let name = value["reason"]?.text?.string, let reason = RevocationReason(name: name),
            let by = value["by"]?.text?.string, let why = value["why"]?.text?.string
        else { throw BundleFault(.malformed, "sources.json has an operator's word that cannot be read") }
        return RevocationOrder(target, reason: reason, OperatorWord(by: by, why: why))
    }
}
