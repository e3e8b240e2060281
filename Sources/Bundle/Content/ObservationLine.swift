import Encoding
import KeyCache

/// A line of `observations.ndjson`: an event of the exporter's log, with what chains it to the one before.
enum ObservationLine {
    /// Appends the line of an event; `previous` is the digest of the one before.
    static func append(_ event: CacheEvent, url: String?, previous: [UInt8], hash: [UInt8], to buffer: ByteBuffer) {
        var json = JSONWriter(buffer)
        json.beginObject()
        json.member("seq", event.seq)
        json.member("at", event.at)
        json.member("kind", event.kind)
        json.name("source_id")
        if let id = event.sourceID { json.integer(id) } else { json.null() }
        if let url { json.member("url", url) }
        json.member("data", event.data)
        json.member("prev", Hex.encode(previous))
        json.member("hash", Hex.encode(hash))
        json.endObject()
        buffer.append(UInt8(ascii: "\n"))
    }

    /// Follows the chain of the lines of a bundle.
    struct Chain {
        private(set) var count = 0
        private(set) var first: Int64?
        private(set) var last: Int64?
        private var hash: [UInt8]?
        private let document = JSONDocument(limits: .record)

        mutating func add(_ line: ByteSlice) throws(BundleFault) {
            do throws(JSONError) { try document.parse(line) } catch {
                throw BundleFault(.malformed, "observations.ndjson has a line that is no JSON of ours")
            }
            let root = document.root
            guard let seq = root["seq"]?.integer, let at = root["at"]?.integer, let kind = root["kind"]?.text?.string,
                let data = root["data"]?.text?.string,
                let previous = root["prev"]?.text.flatMap({ Hex.decode($0.string) }),
                let hash = root["hash"]?.text.flatMap({ Hex.decode($0.string) })
            else { throw BundleFault(.malformed, "observations.ndjson has a line that is no event") }
            let event = CacheEvent(seq: seq, at: at, kind: kind, sourceID: root["source_id"]?.integer, data: data)
            guard event.digest(after: previous) == hash, self.hash == nil || self.hash == previous,
                last.map({ $0 + 1 == seq }) ?? true
            else { throw BundleFault(.tampered, "the exporter's log is broken at event \(seq)") }
            first = first ?? seq
            last = seq
            self.hash = hash
            count += 1
        }
    }
}
