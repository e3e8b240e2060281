package import Crypto
package import Encoding
package import Ledger

/// Our own form of the audit trail: a line holds what its hash covers, so that the chain can be verified anywhere.
package enum AuditNative {
    /// What a file of such lines turned out to be.
    package enum Reading: Equatable, Sendable {
        /// Every line fits the one before it; the first and the last number, and the last hash.
        case intact(from: Int64, through: Int64, head: SHA256Digest)
        /// There is no line.
        case empty
        /// The first line that does not fit, by its place in the file from 1, and how.
        case broken(place: Int, AuditChain.Flaw)
        /// A line, by its place, that is none of ours.
        case unreadable(place: Int)
    }

    private static let recordName = Array(",\"record\":".utf8)

    static func write(_ line: AuditLine, to buffer: ByteBuffer) {
        var json = JSONWriter(buffer)
        json.beginObject()
        json.member("v", 1)
        json.member("number", line.number)
        json.member("at", line.at)
        json.member("previous", line.previous.hex)
        json.member("hash", line.hash.hex)
        json.name("record")
        json.raw(ByteSlice(line.text))
        json.endObject()
    }

    /// Reads one line back, the record's bytes untouched; nil where it is none of ours.
    package static func read(_ text: ByteSlice) -> AuditLine? {
        let document = JSONDocument(limits: .record)
        do throws(JSONError) { try document.parse(text) } catch { return nil }
        let root = document.root
        guard root["v"]?.integer == 1, let number = root["number"]?.integer, let at = root["at"]?.integer,
            let previous = digest(root["previous"]), let hash = digest(root["hash"]), root["record"] != nil,
            text.count > 0, text[text.count - 1] == UInt8(ascii: "}"),
            let start = text.bytes.firstRange(of: recordName)?.upperBound
        else { return nil }
        let record = text[start..<text.count - 1].string
        return AuditLine(number: number, at: at, text: record, previous: previous, hash: hash)
    }

    private static func digest(_ value: JSONValue?) -> SHA256Digest? {
        value?.text.flatMap { Hex.decode($0.string) }.flatMap { SHA256Digest(bytes: $0) }
    }
}
