import Encoding
import Operations

/// What deferred requests wait for: the next refresh, bundle or mirror should bring it.
enum MissingScreen {
    static func text(_ missing: [KeyFacts.Missing]) -> String {
        guard !missing.isEmpty else { return "No request waits for a key.\n" }
        var table = TextTable(columns: [.right, .left, .left])
        table.add(["REQUESTS", "KID", "SOURCE"])
        for item in missing {
            let kid = item.keyID.map { Printable.text($0, limit: 64) } ?? "(the whole set)"
            table.add([Figure.count(item.requests), kid, Printable.text(item.url, limit: 400)])
        }
        return table.text
    }

    static func json(_ missing: [KeyFacts.Missing]) -> ByteBuffer {
        let buffer = ByteBuffer()
        var json = JSONWriter(buffer)
        json.beginObject()
        json.member("v", 1)
        json.name("missing")
        json.beginArray()
        for item in missing {
            json.beginObject()
            json.member("url", item.url)
            json.member("kid", item.keyID)
            json.member("requests", Int64(item.requests))
            json.endObject()
        }
        json.endArray()
        json.endObject()
        return buffer
    }
}
