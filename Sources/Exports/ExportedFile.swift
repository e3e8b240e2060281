import Crypto
import Encoding

/// A file of an export that is complete and on disk.
struct ExportedFile: Equatable {
    /// What a file holds.
    enum Kind: String {
        /// Clients for the server.
        case clients
        /// Clients that were left out, a line each with the reason.
        case withheld
        /// Clients that were deleted, a line each.
        case deleted
    }

    let name: String
    let kind: Kind
    let records: Int
    let bytes: Int64
    let sha256: String

    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("file", name)
        json.member("kind", kind.rawValue)
        json.member("records", records)
        json.member("bytes", bytes)
        json.member("sha256", sha256)
        json.endObject()
    }

    init(name: String, kind: Kind, records: Int, bytes: Int64, sha256: String) {
        (self.name, self.kind, self.records, self.bytes, self.sha256) = (name, kind, records, bytes, sha256)
    }

    /// Reads what `write(to:)` wrote.
    init?(_ value: JSONValue) {
        guard let name = value["file"]?.text, let kind = value["kind"]?.text.flatMap({ Kind(rawValue: $0.string) }),
            let records = value["records"]?.integer, let bytes = value["bytes"]?.integer,
            let sha256 = value["sha256"]?.text
        else { return nil }
        self.init(name: name.string, kind: kind, records: Int(records), bytes: bytes, sha256: sha256.string)
    }
}
