import Crypto
import Foundation
import OpenBanking
import Simulator

/// What a submitter drops, one after another, and what must come of all of it.
///
/// Good requests as files and in batches, wrong ones, broken ones, and earlier ones again under other names.
struct SoakLoad: Sendable {
    /// One file to drop, its certificate or manifest first.
    struct Drop: Sendable {
        var stem: String
        /// The hashes of the requests in it; one, or one a line.
        var requests: [String]
        var isBatch: Bool
        var files: [(name: String, text: String)]
    }

    private(set) var drops: [Drop] = []
    /// The hashes of requests that must be accepted, once each.
    private(set) var valid: Set<String> = []

    /// Forges `count` drops.
    init(_ site: Site, count: Int) throws {
        let campaign = try Campaign(site.forge, count: count, faults: [.foreignRedirect: count / 20, .truncated: 3])
        var random = SystemRandomNumberGenerator()
        var index = 0
        while index < campaign.items.count {
            if Int.random(in: 0..<12, using: &random) == 0 {
                let end = min(campaign.items.count, index + Int.random(in: 5...60, using: &random))
                let stem = "batch-\(index)"
                addBatch(stem, Array(campaign.items[index..<end]))
                index = end
            } else {
                add(campaign.items[index], as: campaign.items[index].name)
                index += 1
            }
            if Int.random(in: 0..<10, using: &random) == 0 {
                add(campaign.items[Int.random(in: 0..<index, using: &random)], as: "again-\(index)")
            }
        }
    }

    private mutating func add(_ item: ForgedItem, as stem: String) {
        let hash = note(item)
        guard let request = item.request else {
            return drops.append(
                Drop(stem: stem, requests: [hash], isBatch: false, files: [("\(stem).json", item.line)])
            )
        }
        let files = [("\(stem).pem", item.certificate ?? ""), ("\(stem).jwt", request)]
        drops.append(Drop(stem: stem, requests: [hash], isBatch: false, files: files))
    }

    private mutating func addBatch(_ stem: String, _ items: [ForgedItem]) {
        let text = items.map { $0.line + "\n" }.joined()
        let hashes = items.map { note($0) }
        drops.append(Drop(stem: stem, requests: hashes, isBatch: true, files: [("\(stem).ndjson", text)]))
    }

    private mutating func note(_ item: ForgedItem) -> String {
        let hash = SHA256Digest.of(Array((item.request ?? item.line).utf8)).hex
        if item.fault == nil { valid.insert(hash) }
        return hash
    }
}
