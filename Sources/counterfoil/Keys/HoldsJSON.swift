import Encoding
import KeyCache

/// Held key sets as programs read them: one object, `"v":1`.
enum HoldsJSON {
    static func list(_ holds: [Hold], _ alerts: [FleetAlert]) -> ByteBuffer {
        object { json in
            json.name("holds")
            json.beginArray()
            for hold in holds { write(hold, &json) }
            json.endArray()
            json.name("hosts")
            json.beginArray()
            for alert in alerts {
                json.beginObject()
                json.member("host", alert.host)
                json.member("since", Timestamp.rfc3339(alert.since))
                json.member("affected", Int64(alert.affected))
                json.member("known", Int64(alert.known))
                json.endObject()
            }
            json.endArray()
        }
    }

    static func differences(_ differences: [HoldDifference]) -> ByteBuffer {
        object { json in
            json.name("differences")
            json.beginArray()
            for difference in differences {
                json.beginObject()
                json.name("hold")
                write(difference.hold, &json)
                write("added", difference.added, &json)
                write("removed", difference.removed, &json)
                write("kept", difference.kept, &json)
                json.name("unusable")
                json.beginArray()
                for text in difference.unusable { json.string(text) }
                json.endArray()
                json.endObject()
            }
            json.endArray()
        }
    }

    static func decided(_ holds: [Hold], _ decision: String) -> ByteBuffer {
        object { json in
            json.member("decision", decision)
            json.name("holds")
            json.beginArray()
            for hold in holds { write(hold, &json) }
            json.endArray()
        }
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

    private static func write(_ hold: Hold, _ json: inout JSONWriter) {
        json.beginObject()
        json.member("id", hold.id)
        json.member("url", hold.url)
        json.member("class", hold.sourceClass.rawValue)
        json.member("rule", hold.rule.rawValue)
        json.member("additions_in_use", hold.isPartial)
        json.member("seen", Int64(hold.seen))
        json.member("first_seen", Timestamp.rfc3339(hold.firstSeen))
        json.member("last_seen", Timestamp.rfc3339(hold.lastSeen))
        json.member("body_sha256", Hex.encode(hold.bodySHA256))
        json.endObject()
    }

    private static func write(_ name: StaticString, _ entries: [HoldDifference.Entry], _ json: inout JSONWriter) {
        json.name(name)
        json.beginArray()
        for entry in entries {
            json.beginObject()
            json.member("kid", entry.kid.map { String(decoding: $0, as: UTF8.self) })
            json.member("spki_sha256", Hex.encode(entry.spkiSHA256))
            json.member("state", entry.state?.rawValue)
            json.endObject()
        }
        json.endArray()
    }
}
