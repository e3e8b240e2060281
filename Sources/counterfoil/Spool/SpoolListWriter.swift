import Crypto
import Encoding
import Ledger
import Operations
import Spool

/// Writes the files of a spool as they are found, so that a list of a million costs no memory.
struct SpoolListWriter {
    let asJSON: Bool
    let now: UnixTime
    /// What the ledger says of what waits, by the name in `deferred/`.
    let waiting: [String: DeferredEntry]
    private let output = ByteBuffer(capacity: 64 << 10)
    private var count = 0

    init(asJSON: Bool, now: UnixTime, waiting: [String: DeferredEntry]) {
        self.asJSON = asJSON
        self.now = now
        self.waiting = waiting
    }

    mutating func add(_ entry: SpoolEntry) {
        if count == 0, !asJSON { output.append(Self.line("STATE", "BYTES", "SINCE", "NAME AND WHY")) }
        count += 1
        if asJSON { addJSON(entry) } else { addText(entry) }
        if output.count > 32 << 10 { flush() }
    }

    mutating func finish() {
        if asJSON { addEnd() } else if count == 0 { output.append("nothing is unfinished\n") }
        flush()
    }

    /// The last line: without it the list is not complete.
    private func addEnd() {
        var json = JSONWriter(output)
        json.beginObject()
        json.member("v", 1)
        json.member("type", "summary")
        json.member("files", count)
        json.endObject()
        output.append(UInt8(ascii: "\n"))
    }

    private func flush() {
        if asJSON { StandardOutput.write(output.all) } else { StandardOutput.show(output.all.string) }
        output.removeAll()
    }

    private func addText(_ entry: SpoolEntry) {
        var what = Printable.text(entry.name, limit: 255)
        if let why = why(entry) { what += "  \(Printable.text(why, limit: 300))" }
        output.append(Self.line(entry.state.rawValue, String(entry.bytes), Timestamp.rfc3339(entry.since), what))
    }

    private func why(_ entry: SpoolEntry) -> String? {
        guard entry.state == .deferred else { return entry.detail }
        return waiting[entry.name].map { "\($0.reason); next try \(Timestamp.rfc3339($0.nextTryAt))" }
    }

    private static func line(_ state: String, _ bytes: String, _ since: String, _ what: String) -> String {
        pad(state, 9) + padLeft(bytes, 10) + "  " + pad(since, 21) + what + "\n"
    }

    private static func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(1, width - text.utf8.count))
    }

    private static func padLeft(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.utf8.count)) + text
    }

    private func addJSON(_ entry: SpoolEntry) {
        var json = JSONWriter(output)
        json.beginObject()
        json.member("v", 1)
        json.member("state", entry.state.rawValue)
        json.member("name", entry.name)
        json.member("path", entry.path)
        json.member("bytes", entry.bytes)
        json.member("since", Timestamp.rfc3339(entry.since))
        if let reason = entry.reason { json.member("reason", reason.rawValue) }
        if let detail = entry.detail { json.member("detail", detail) }
        if entry.state == .deferred, let waits = waiting[entry.name] {
            json.member("request_sha256", waits.requestSHA256.hex)
            json.member("detail", waits.reason)
            json.member("attempts", Int64(waits.attempts))
            json.member("first_deferred_at", Timestamp.rfc3339(waits.firstDeferredAt))
            json.member("next_try_at", Timestamp.rfc3339(waits.nextTryAt))
        }
        json.endObject()
        output.append(UInt8(ascii: "\n"))
    }
}
