import Crypto
import Encoding
import OpenBanking
import Operations

/// A result as it was written, read again to explain it; secrets in it are never looked at.
struct StoredResult {
    let path: String
    let line: Int?
    let root: JSONValue
    /// The client the ledger has for its request, where the response is sealed.
    var ledgerClientID: String?
    /// Keeps the text that `root` reads.
    private let document: JSONDocument

    /// Reads a result; nil for JSON that is none.
    init?(_ text: ByteSlice, path: String, line: Int? = nil) {
        document = JSONDocument(limits: .result)
        do throws(JSONError) {
            try document.parse(text)
        } catch {
            return nil
        }
        root = document.root
        guard root.kind == .object, root["request_sha256"]?.text != nil, root["findings"]?.kind == .array,
            root["outcome"]?.text.flatMap({ Outcome(rawValue: $0.string) }) != nil
        else { return nil }
        self.path = path
        self.line = line
    }

    var outcome: Outcome { root["outcome"]?.text.flatMap { Outcome(rawValue: $0.string) } ?? .malformed }

    var digest: String { text("request_sha256") ?? "" }

    /// Whether the response can only be read by its recipient.
    var isSealed: Bool { root["sealed"] != nil }

    /// The error code the TPP was answered with; where that is sealed, the one of the finding that decided.
    var code: String? {
        let answered = isSealed && root["http"]?["status"]?.integer == 400 ? deciding?["code"] : nil
        return (root["response"]?["error"] ?? answered)?.text.map { Printable.text($0) }
    }

    /// The client it is about; of a duplicate the first answer's.
    var clientID: String? {
        (root["response"]?["client_id"] ?? root["duplicate_of"]?["client_id"] ?? root["existing"]?["client_id"])?.text
            .map { Printable.text($0) } ?? ledgerClientID
    }

    /// The findings as they were written.
    var findings: [JSONValue] {
        var all: [JSONValue] = []
        root["findings"]?.forEachElement { all.append($0) }
        return all
    }

    /// The finding that decided it.
    var deciding: JSONValue? {
        findings.first { $0["severity"]?.text?.equals(outcome == .deferred ? "deferral" : "error") == true }
    }

    func text(_ name: StaticString) -> String? { root[name]?.text.map { Printable.text($0, limit: 400) } }

    func evidence(_ name: StaticString) -> JSONValue? { root["evidence"]?[name] }

    /// The place of the result, for people.
    var place: String { line.map { "\(path), line \($0)" } ?? path }
}
