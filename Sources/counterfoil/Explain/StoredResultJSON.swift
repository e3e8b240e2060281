import Crypto
import Encoding
import OpenBanking

/// A result that was given, as programs read it: without the response, which may hold a secret.
enum StoredResultJSON {
    static func write(_ result: StoredResult) -> ByteBuffer {
        let buffer = ByteBuffer()
        var json = JSONWriter(buffer)
        json.beginObject()
        json.member("v", 1)
        json.member("type", "result")
        json.member("file", result.path)
        if let line = result.line { json.member("line", Int64(line)) }
        json.member("request_sha256", result.digest)
        json.member("outcome", result.outcome.rawValue)
        json.member("code", result.code)
        json.member("client_id", result.clientID)
        if result.isSealed { json.member("sealed", true) }
        for name: StaticString in [
            "ref", "source", "duplicate_of", "findings", "relaxations", "key_evidence", "evidence",
        ] {
            guard let value = result.root[name] else { continue }
            json.name(name)
            json.value(value)
        }
        json.endObject()
        return buffer
    }

    static func write(_ digest: SHA256Digest, _ prior: PriorResult) -> ByteBuffer {
        let buffer = ByteBuffer()
        var json = JSONWriter(buffer)
        json.beginObject()
        json.member("v", 1)
        json.member("type", "remembered")
        json.member("request_sha256", digest.hex)
        json.member("outcome", prior.outcome.rawValue)
        json.member("client_id", prior.clientID)
        json.member("file", prior.resultName)
        if let line = prior.line { json.member("line", Int64(line)) }
        json.member("decided_at", Timestamp.rfc3339(prior.decidedAt))
        json.endObject()
        return buffer
    }
}
