/// What came over the metrics socket so far, and the answer to it.
///
/// Only the request line counts: `GET /metrics HTTP/1.x` or `GET /`. Headers are read to their end and not looked at.
struct MetricsRequest {
    /// The most bytes a request may have.
    static let limit = 8192

    private var bytes: [UInt8] = []

    /// Adds what was read; the status to answer with, nil while the request is not complete.
    mutating func add(_ more: ArraySlice<UInt8>) -> Status? {
        bytes += more.prefix(Self.limit + 1 - bytes.count)
        if isComplete { return status }
        return bytes.count > Self.limit ? .tooLarge : nil
    }

    /// The answers there are.
    enum Status: String {
        case good = "200 OK"
        case bad = "400 Bad Request"
        case notFound = "404 Not Found"
        case notAllowed = "405 Method Not Allowed"
        case tooLarge = "431 Request Header Fields Too Large"
        case unavailable = "503 Service Unavailable"
    }

    /// The whole answer.
    static func answer(_ status: Status, _ body: String = "") -> [UInt8] {
        let text = body.isEmpty ? "\(status.rawValue)\n" : body
        var head = "HTTP/1.0 \(status.rawValue)\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\n"
        if status == .notAllowed { head += "Allow: GET\r\n" }
        head += "Content-Length: \(text.utf8.count)\r\nConnection: close\r\n\r\n"
        return Array((head + text).utf8)
    }

    /// A line feed ends a line, with or without a carriage return; an empty line ends the request.
    private var isComplete: Bool {
        var previous: Int?
        for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
            if let previous {
                let between = bytes[(previous + 1)..<index]
                if between.isEmpty || between.elementsEqual([UInt8(ascii: "\r")]) { return true }
            }
            previous = index
        }
        return false
    }

    private var status: Status {
        let line = bytes.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
        let words = line.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
        guard words.count == 3, words[2].starts(with: Array("HTTP/1.".utf8)), !words[0].isEmpty else { return .bad }
        guard words[0].elementsEqual(Array("GET".utf8)) else { return .notAllowed }
        let path = words[1].prefix { $0 != UInt8(ascii: "?") }
        return path.elementsEqual(Array("/metrics".utf8)) || path.elementsEqual([UInt8(ascii: "/")]) ? .good : .notFound
    }
}
