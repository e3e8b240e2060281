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

    private var words: String {
        var words = event.map { "\($0) " } ?? ""
        words += Printable.text(message, limit: Self.messageLimit)
        for field in fields {
            words += " \(field.name)=\(Self.shown(field.value))"
        }
        return words
    }

    private static func shown(_ value: LogField.Value) -> String {
        switch value {
        case .number(let number): return "\(number)"
        case .flag(let flag): return flag ? "true" : "false"
        case .text(let text):
            let plain = !text.isEmpty && !text.contains { $0 == " " || $0 == "\"" || $0 == "=" }
            return plain
                ? text : "\"\(text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "'"))\""
        }
    }
}
