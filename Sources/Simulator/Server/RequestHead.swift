/// The start line and the two fields the simulated key store looks at (RFC 9112).
struct RequestHead: Equatable {
    let method: String
    /// The path without its query.
    let path: String
    /// `If-None-Match` as sent.
    var entityTag: String?
    /// Whether the client wants the connection kept.
    var keepsAlive = true

    /// Reads a head that ends in an empty line; nil when it is not HTTP/1.1.
    init?(_ text: String) {
        let lines = text.split(separator: "\r\n", omittingEmptySubsequences: true)
        let start = lines.first?.split(separator: " ") ?? []
        guard start.count == 3, start[2] == "HTTP/1.1" else { return nil }
        method = String(start[0])
        path = String(start[1].split(separator: "?", omittingEmptySubsequences: false)[0])
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { return nil }
            let value = Self.trimmed(line[line.index(after: colon)...])
            switch line[..<colon].lowercased() {
            case "if-none-match": entityTag = value
            case "connection": keepsAlive = value.lowercased() != "close"
            default: continue
            }
        }
    }

    private static func trimmed(_ text: Substring) -> String {
        String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
