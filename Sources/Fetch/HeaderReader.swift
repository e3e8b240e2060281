/// Collects the headers of one response, bounded, line by line as libcurl hands them over.
struct HeaderReader {
    private(set) var headers = FetchHeaders()
    private(set) var byteCount = 0
    /// A coding we did not offer; the transfer must end before libcurl decodes anything.
    private(set) var refusedCoding: String?
    private var etagLines = 0

    /// Takes one line; a new status line (after 1xx, or a proxy's) starts over, but what was received stays counted.
    mutating func take(_ line: UnsafeRawBufferPointer) {
        byteCount += line.count
        let text = unsafe String(decoding: line, as: UTF8.self)
        if text.hasPrefix("HTTP/") {
            headers = FetchHeaders()
            etagLines = 0
            return
        }
        guard let colon = text.utf8.firstIndex(of: 0x3A) else { return }
        let name = text[..<colon].lowercased()
        let value = Self.trimmed(text[text.utf8.index(after: colon)...])
        store(value, as: name)
    }

    private mutating func store(_ value: String, as name: String) {
        switch name {
        case "etag":
            etagLines += 1
            headers.etag = etagLines == 1 ? Self.validator(value) : nil
        case "last-modified": headers.lastModified = Self.validator(value)
        case "cache-control": headers.cacheControl = headers.cacheControl.map { "\($0), \(value)" } ?? value
        case "expires": headers.expires = value
        case "date": headers.date = value
        case "age": headers.age = value
        case "retry-after": headers.retryAfter = value
        case "content-type": headers.contentType = value
        case "content-encoding": check(value, against: ["", "gzip", "x-gzip", "identity"])
        case "transfer-encoding": check(value, against: ["chunked", "identity"])
        default: break
        }
    }

    private mutating func check(_ coding: String, against allowed: [String]) {
        guard !allowed.contains(coding.lowercased()) else { return }
        refusedCoding = String(coding.prefix(40))
    }

    /// A value fit to be sent back to the server: visible ASCII and spaces, at most 1,024 bytes.
    private static func validator(_ value: String) -> String? {
        let bytes = value.utf8
        return !bytes.isEmpty && bytes.count <= 1024 && bytes.allSatisfy { (0x20..<0x7F).contains($0) } ? value : nil
    }

    private static func trimmed(_ text: Substring) -> String {
        let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A }
        let bytes = text.utf8
        guard let first = bytes.firstIndex(where: { !isBlank($0) }), let last = bytes.lastIndex(where: { !isBlank($0) })
        else { return "" }
        return String(text[first...last])
    }
}
