/// What the faulty directory sends once a request head has arrived, and what it does then.
struct FaultyReply: Sendable {
    enum End: Sendable { case close, reset, hang }
    var bytes: [UInt8]
    var end = End.close
    /// The pause after each byte, in milliseconds; nil sends all at once.
    var drip: Int32?
    /// What a request with a condition gets instead.
    var ifConditional: [UInt8]?
    /// What follows the bytes, `repeats` times: for bodies nobody wants to keep in memory.
    var block: [UInt8] = []
    var repeats = 0

    init(_ bytes: [UInt8], _ end: End = .close, drip: Int32? = nil) {
        self.bytes = bytes
        self.end = end
        self.drip = drip
    }

    init(_ text: String, _ end: End = .close, drip: Int32? = nil) {
        self.init(Array(text.utf8), end, drip: drip)
    }

    /// A 200 with a body and further header lines.
    static func ok(_ body: [UInt8], _ lines: [String] = []) -> FaultyReply {
        let head = ["HTTP/1.1 200 OK", "Content-Length: \(body.count)"] + lines
        return FaultyReply(Array((head.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body)
    }

    /// The same for text.
    static func ok(_ body: String, _ lines: [String] = []) -> FaultyReply { ok(Array(body.utf8), lines) }

    /// A status with header lines and a body.
    static func status(_ status: Int, _ lines: [String] = [], body: String = "") -> FaultyReply {
        let head = ["HTTP/1.1 \(status) Scripted"] + lines
        let length = status == 204 || status == 304 ? [] : ["Content-Length: \(body.utf8.count)"]
        return FaultyReply((head + length).joined(separator: "\r\n") + "\r\n\r\n" + body)
    }

    /// An endless 200: the block is sent so many times.
    static func endless(_ block: [UInt8], times: Int, _ lines: [String] = []) -> FaultyReply {
        let head = (["HTTP/1.1 200 OK"] + lines).joined(separator: "\r\n") + "\r\n\r\n"
        var reply = FaultyReply(Array(head.utf8))
        reply.block = block
        reply.repeats = times
        return reply
    }
}
