import Crypto
import Encoding

/// The particulars of events, as JSON.
enum EventData {
    /// A key by its label and its identity.
    static func key(kid: [UInt8]?, spki: [UInt8]) -> String {
        object { writer in
            writer.member("kid", kid.map { String(decoding: $0, as: UTF8.self) })
            writer.member("spki_sha256", Hex.encode(spki))
        }
    }

    /// A count of what changed in a set.
    static func changes(added: Int, removed: Int, revoked: Int, body: [UInt8]) -> String {
        object { writer in
            writer.member("added", Int64(added))
            writer.member("removed", Int64(removed))
            writer.member("revoked", Int64(revoked))
            writer.member("body_sha256", Hex.encode(body))
        }
    }

    /// A hold that ended, and an operator's word where one ended it.
    static func decision(_ hold: Hold, _ word: OperatorWord?) -> String {
        object { writer in
            writer.member("hold", hold.id)
            writer.member("rule", hold.rule.rawValue)
            writer.member("body_sha256", Hex.encode(hold.bodySHA256))
            if let word { Self.write(word, &writer) }
        }
    }

    /// A host whose sources lost their keys at once.
    static func fleet(host: String, affected: Int, known: Int, _ word: OperatorWord? = nil) -> String {
        object { writer in
            writer.member("host", host)
            writer.member("affected", Int64(affected))
            writer.member("known", Int64(known))
            if let word { Self.write(word, &writer) }
        }
    }

    /// What an operator revoked.
    static func order(_ order: RevocationOrder, listings: Int) -> String {
        object { writer in
            writer.member("target", order.target.description)
            writer.member("reason", order.reason.name)
            writer.member("listings", Int64(listings))
            Self.write(order.word, &writer)
        }
    }

    /// A bundle that was made or imported, and an operator's word where it counts beyond its expiry.
    static func bundle(_ record: BundleRecord) -> String {
        object { writer in
            writer.member("repository", record.repository)
            writer.member("version", record.version)
            writer.member("created", Timestamp.rfc3339(record.created))
            writer.member("expires", Timestamp.rfc3339(record.expires))
            writer.member("usable_until", Timestamp.rfc3339(record.usableUntil))
            writer.member("sha256", record.sha256.hex)
            writer.member("signers", record.signers)
            if let word = record.word { Self.write(word, &writer) }
        }
    }

    /// The root an operator named for bundles.
    static func pin(_ digest: String, _ word: OperatorWord?) -> String {
        object { writer in
            writer.member("root_sha256", digest)
            if let word { Self.write(word, &writer) }
        }
    }

    private static func write(_ word: OperatorWord, _ writer: inout JSONWriter) {
        writer.member("by", word.by)
        writer.member("why", word.why)
    }

    /// One named text.
    static func text(_ name: StaticString, _ value: String) -> String {
        object { $0.member(name, value) }
    }

    private static func object(_ fill: (inout JSONWriter) -> Void) -> String {
        let buffer = ByteBuffer(capacity: 128)
        var writer = JSONWriter(buffer)
        writer.beginObject()
        fill(&writer)
        writer.endObject()
        return buffer.all.string
    }
}
