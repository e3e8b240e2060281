import Encoding

/// One line of the log in each of its forms.
struct LogLine {
    let time: UnixTime
    let level: LogLevel
    /// Nil for lines that are not ours, such as a library's.
    let event: String?
    let message: String
    let fields: [LogField]

    /// `2026-11-22T14:02:11Z info  refresh.done 2,114 sources read due=2114`: for people.
    var text: String {
        let name = level.rawValue
        let padding = String(repeating: " ", count: 7 - name.count)
        return "\(Timestamp.rfc3339(time)) \(name)\(padding) \(words)\n"
    }

    /// `<6>refresh.done …`: the journal takes the level from the prefix and knows the time itself.
    var journal: String { "<\(level.priority)>\(words)\n" }

    /// `{"ts":…,"level":…,"event":…,"msg":…,…}`.
    var json: String {
        let buffer = ByteBuffer(capacity: 256)
        var writer = JSONWriter(buffer)
        writer.beginObject()
        writer.member("ts", Timestamp.rfc3339(time))
        writer.member("level", level.rawValue)
        if let event { writer.member("event", event) }
        writer.member("msg", Printable.text(message, limit: Self.messageLimit))
        for field in fields {
            writer.name(field.name)
            switch field.value {
            case .text(let text): writer.string(text)
            case .number(let number): writer.integer(number)
            case .flag(let flag): writer.bool(flag)
            }
        }
        writer.endObject()
        return buffer.all.string + "\n"
    }

    private static let messageLimit = 500

    /// The words of the message alone, as people read them in the journal.
    var sentence: String {
        let words = Printable.text(message, limit: Self.messageLimit)
        let shown = fields.map { " \($0.name)=\(Self.shown($0.value))" }.joined()
        return words + shown
    }

    private var words: String {
        let words = event.map { "\($0) " } ?? ""
        return words + sentence
    }

    private static func shown(_ value: LogField.Value) -> String {
        guard case .text(let text) = value else { return value.text }
        let plain = !text.isEmpty && !text.contains { $0 == " " || $0 == "\"" || $0 == "=" }
        return plain
            ? text : "\"\(text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "'"))\""
    }
}
