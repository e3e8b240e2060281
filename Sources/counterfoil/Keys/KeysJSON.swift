import Crypto
import Encoding
import JOSE
import KeyCache
import PKIX

/// Keys as programs read them: one object, `"v":1`.
enum KeysJSON {
    static func list(_ records: [KeyRecord], now: UnixTime) -> ByteBuffer { keys(records, now: now) { _, _ in } }

    static func history(_ records: [KeyRecord], at asked: UnixTime?, now: UnixTime) -> ByteBuffer {
        keys(records, now: now) { record, json in
            json.name("changes")
            json.beginArray()
            for change in record.changes {
                json.beginObject()
                json.member("recorded_at", Timestamp.rfc3339(change.recordedAt))
                json.member("generation", Int64(change.generation))
                json.member("state", change.state.rawValue)
                json.member("since", Timestamp.rfc3339(change.since))
                json.endObject()
            }
            json.endArray()
            if let asked {
                json.member("at", Timestamp.rfc3339(asked))
                json.member("validity", record.key.validity(at: asked).rawValue)
            }
        }
    }

    static func difference(_ changes: [KeyDifference]) -> ByteBuffer {
        object { json in
            json.name("changes")
            json.beginArray()
            for change in changes {
                json.beginObject()
                json.member("url", change.url)
                json.member("kid", change.kid.map { String(decoding: $0, as: UTF8.self) })
                json.member("spki_sha256", change.spkiSHA256.hex)
                json.member("before", change.before?.rawValue)
                json.member("after", change.after?.rawValue)
                json.member("listed_otherwise", change.isReworded)
                json.endObject()
            }
            json.endArray()
        }
    }

    static func revoked(_ targets: [RevocationOrder.Target], reason: String, listings: Int) -> ByteBuffer {
        object { json in
            json.name("revoked")
            json.beginArray()
            for target in targets { json.string(target.description) }
            json.endArray()
            json.member("reason", reason)
            json.member("listings", Int64(listings))
        }
    }

    private static func keys(
        _ records: [KeyRecord],
        now: UnixTime,
        _ more: (KeyRecord, inout JSONWriter) -> Void
    ) -> ByteBuffer {
        object { json in
            json.name("keys")
            json.beginArray()
            for record in records {
                json.beginObject()
                write(record, now: now, &json)
                more(record, &json)
                json.endObject()
            }
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

    private static func write(_ record: KeyRecord, now: UnixTime, _ json: inout JSONWriter) {
        let key = record.key
        json.member("kid", record.kid.map { String(decoding: $0, as: UTF8.self) })
        json.member("state", key.state(at: now).rawValue)
        json.member("url", record.source.url)
        json.member("class", record.source.class.rawValue)
        json.member("organisation", record.source.organisationID)
        json.member("software", record.source.softwareID)
        json.member("use", key.key.use == .none ? nil : key.key.use.name)
        json.member("alg", key.key.algorithm)
        json.member("spki_sha256", key.spkiSHA256.hex)
        json.member("thumbprint", Base64URL.encode(key.key.thumbprint.bytes))
        json.name("certificates")
        json.beginArray()
        for window in key.windows {
            json.beginObject()
            json.member("sha256", window.certificate?.hex)
            json.member("not_before", time(window.notBefore))
            json.member("not_after", time(window.notAfter))
            json.member("trusted", window.isTrusted)
            json.endObject()
        }
        json.endArray()
        json.name("listed")
        json.beginArray()
        for period in key.periods {
            json.beginObject()
            json.member("from_low", time(period.fromLow))
            json.member("from_high", time(period.fromHigh))
            json.member("to_low", time(period.toLow))
            json.member("to_high", time(period.toHigh))
            json.endObject()
        }
        json.endArray()
        json.member("revoked_at", time(key.revocation?.at))
        json.member("revocation_reason", key.revocation?.reason?.name)
    }

    private static func time(_ time: UnixTime?) -> String? { time.map { Timestamp.rfc3339($0) } }
}
