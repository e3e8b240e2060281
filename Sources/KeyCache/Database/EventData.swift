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
