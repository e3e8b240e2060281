import Crypto

/// What goes over the wire for one request: head and body apart, so that a behaviour can spoil either.
struct ServerAnswer: Equatable {
    let status: Int
    let head: [UInt8]
    let body: [UInt8]

    /// A body with its ETag, or 304 where the client has it already.
    static func body(_ body: [UInt8], type: String, known tag: String?) -> ServerAnswer {
        let own = "\"\(SHA256Digest.of(body).prefix16)\""
        let fields = ["ETag: \(own)", "Cache-Control: max-age=300"]
        guard tag != own else { return ServerAnswer(304, fields, []) }
        return ServerAnswer(200, fields + ["Content-Type: \(type)"], body)
    }

    /// A status without a body.
    init(status: Int, fields: [String] = []) {
        self.init(status, fields, [])
    }

    private init(_ status: Int, _ fields: [String], _ body: [UInt8]) {
        self.status = status
        self.body = body
        var lines = ["HTTP/1.1 \(status) \(Self.reason(status))"] + fields
        if status != 304 { lines.append("Content-Length: \(body.count)") }
        head = Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }

    private static func reason(_ status: Int) -> String {
        switch status {
        case 200: "OK"
        case 302: "Found"
        case 304: "Not Modified"
        case 400: "Bad Request"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 429: "Too Many Requests"
        case 500: "Internal Server Error"
        case 503: "Service Unavailable"
        default: "Simulated"
        }
    }
}
