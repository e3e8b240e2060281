import Encoding
import OpenBanking
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
        object { json in write("missing", missing, &json) }
    }

    /// The file an air-gapped site carries out, so that the far side knows what to fetch.
    static func export(_ missing: [KeyFacts.Missing], _ site: Site) -> ByteBuffer {
        let buffer = object { json in
            json.member("created_at", Timestamp.rfc3339(site.clock.now()))
            json.member("environment", site.configuration.environment.rawValue)
            write("wanted", missing, &json)
        }
        buffer.append(UInt8(ascii: "\n"))
        return buffer
    }

    private static func object(_ fill: (inout JSONWriter) -> Void) -> ByteBuffer {
        let buffer = ByteBuffer()
        var json = JSONWriter(buffer)
        json.beginObject()
        json.member("v", 1)
        fill(&json)
        json.endObject()
        return buffer
    }

    private static func write(_ name: StaticString, _ missing: [KeyFacts.Missing], _ json: inout JSONWriter) {
        json.name(name)
        json.beginArray()
        for item in missing {
            json.beginObject()
            json.member("url", item.url)
            json.member("kid", item.keyID)
            json.member("requests", Int64(item.requests))
            json.endObject()
        }
        json.endArray()
    }
}
