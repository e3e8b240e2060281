import Encoding
import Ledger

/// What was registered for a client, read from the ledger's text of it.
struct ClientMetadata {
    private let document: JSONDocument

    /// Reads the metadata; text that is no JSON object has none.
    init(_ client: ClientRecord) {
        document = JSONDocument(limits: .result)
        do throws(JSONError) { try document.parse(ByteSlice(client.summary)) } catch { return }
    }

    var root: JSONValue { document.root }

    /// The name people know the client by: its own, or that of its software statement.
    var name: String? { text("client_name") ?? text("software_client_name") }

    /// A text of it, safe to show.
    func text(_ name: StaticString) -> String? { root[name]?.text.map { Printable.text($0, limit: 400) } }

    /// The elements of an array of strings, or one string, safe to show.
    func texts(_ name: StaticString) -> [String] {
        guard let value = root[name] else { return [] }
        if let one = value.text { return [Printable.text(one, limit: 400)] }
        return value.elements.compactMap { $0.text.map { Printable.text($0, limit: 400) } }
    }
}
